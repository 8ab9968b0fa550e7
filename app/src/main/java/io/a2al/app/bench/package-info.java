/**
 * The commands {@code bench …}: load, benchmarks, and their tables.
 */
@NullMarked
package io.a2al.app.bench;

import org.jspecify.annotations.NullMarked;
