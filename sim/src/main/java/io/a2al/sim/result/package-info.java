/**
 * What a run came to, as plain values: the contract between the simulator and whoever shows or compares results.
 */
@NullMarked
package io.a2al.sim.result;

import org.jspecify.annotations.NullMarked;
