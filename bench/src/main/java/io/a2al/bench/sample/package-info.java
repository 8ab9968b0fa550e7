/** Generated identities, records, contacts and nodes for measurements. This package measures nothing itself. */
@NullMarked
package io.a2al.bench.sample;

import org.jspecify.annotations.NullMarked;
