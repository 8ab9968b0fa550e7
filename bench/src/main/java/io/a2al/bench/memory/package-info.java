/** Measures the memory that a node uses, as the difference of the used heap before and after. */
@NullMarked
package io.a2al.bench.memory;

import org.jspecify.annotations.NullMarked;
