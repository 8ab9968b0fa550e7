/**
 * The benchmarks of single steps, one class for each part of a node. Run by JMH, which makes its own classes from them.
 */
@NullMarked
package io.a2al.bench.micro.cases;

import org.jspecify.annotations.NullMarked;
