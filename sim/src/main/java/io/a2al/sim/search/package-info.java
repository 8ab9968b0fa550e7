/**
 * Looking for seeds whose runs fail, and for the smallest run that fails in the same way. Runs are independent of each
 * other, so this is the one place of the simulator where threads are.
 */
@NullMarked
package io.a2al.sim.search;

import org.jspecify.annotations.NullMarked;
