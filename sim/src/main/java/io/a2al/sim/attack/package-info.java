/**
 * The attackers, each kind in a small class. An attacker sees only what a node on the internet sees, knows only its own
 * keys, and shares knowledge with the other attackers of the run.
 */
@NullMarked
package io.a2al.sim.attack;

import org.jspecify.annotations.NullMarked;
