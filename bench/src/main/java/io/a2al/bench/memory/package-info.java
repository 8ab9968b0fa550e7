/** Measures what a node keeps, by the heap that is in use before and after. */
@NullMarked
package io.a2al.bench.memory;

import org.jspecify.annotations.NullMarked;
