/**
 * The deterministic base of the simulator: the event queue, independent random streams, and the mixing function of the
 * trace hash. This package knows nothing of networks or nodes.
 */
@NullMarked
package io.a2al.sim.engine;

import org.jspecify.annotations.NullMarked;
