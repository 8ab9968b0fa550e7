/**
 * The world of a run as its inhabitants and observers see it: nodes of production driven under virtual time, events,
 * and who\n * may do what. No workload, no attack and no check lives here.
 */
@NullMarked
package io.a2al.sim.world;

import org.jspecify.annotations.NullMarked;
