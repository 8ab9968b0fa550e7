/** Runs JMH benchmarks of single operations. The benchmarks themselves are in {@code io.a2al.bench.micro.cases}. */
@NullMarked
package io.a2al.bench.micro;

import org.jspecify.annotations.NullMarked;
