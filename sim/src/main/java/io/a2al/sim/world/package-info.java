/**
 * The participants of a run, which are production nodes driven under virtual time, the network that joins them, and the
 * events that observers see. Workloads, attacks and checks are in other packages.
 */
@NullMarked
package io.a2al.sim.world;

import org.jspecify.annotations.NullMarked;
