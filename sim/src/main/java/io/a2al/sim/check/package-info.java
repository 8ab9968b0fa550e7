/**
 * What must never happen, each rule a class of its own, whatever the scenario.
 */
@NullMarked
package io.a2al.sim.check;

import org.jspecify.annotations.NullMarked;
