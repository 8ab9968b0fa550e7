/**
 * Searches for seeds whose runs fail, and for the smallest run that fails the same check. Runs are independent of each
 * other; this is the only package of the simulator that uses threads.
 */
@NullMarked
package io.a2al.sim.search;

import org.jspecify.annotations.NullMarked;
