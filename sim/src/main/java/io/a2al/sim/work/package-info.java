/**
 * What the agents of a run do, records published and looked up, and the ledger of what the right answers are.
 */
@NullMarked
package io.a2al.sim.work;

import org.jspecify.annotations.NullMarked;
