/**
 * The workload of a run: agents publish records, look them up, and exchange notes. Also keeps the ground truth against
 * which the results of lookups are judged.
 */
@NullMarked
package io.a2al.sim.work;

import org.jspecify.annotations.NullMarked;
