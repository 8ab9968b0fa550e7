/**
 * The entry points of the simulator: the options of a run, predefined profiles, and {@link io.a2al.sim.Simulation},
 * which runs one. The parts of a run are in the subpackages.
 */
@NullMarked
package io.a2al.sim;

import org.jspecify.annotations.NullMarked;
