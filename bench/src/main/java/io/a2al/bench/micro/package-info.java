/** Runs the benchmarks of single steps; the benchmarks themselves are in the package below. */
@NullMarked
package io.a2al.bench.micro;

import org.jspecify.annotations.NullMarked;
