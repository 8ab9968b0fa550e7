/**
 * JMH benchmarks of single operations, one class for each part of a node. JMH generates its own classes from these.
 */
@NullMarked
package io.a2al.bench.micro.cases;

import org.jspecify.annotations.NullMarked;
