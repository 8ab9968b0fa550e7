/**
 * Churn, defects of machines, and faults that affect many participants at once.
 */
@NullMarked
package io.a2al.sim.life;

import org.jspecify.annotations.NullMarked;
