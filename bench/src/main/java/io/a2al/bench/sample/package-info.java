/** Identities, records, contacts and nodes made up for measurements. Nothing in here measures anything. */
@NullMarked
package io.a2al.bench.sample;

import org.jspecify.annotations.NullMarked;
