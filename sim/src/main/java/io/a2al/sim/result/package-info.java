/**
 * The result of a run as plain values: the interface between the simulator and code that reports or compares results.
 */
@NullMarked
package io.a2al.sim.result;

import org.jspecify.annotations.NullMarked;
