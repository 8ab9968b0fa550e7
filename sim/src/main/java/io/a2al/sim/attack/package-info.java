/**
 * Participants that do harm, each a small class. They see what a node on the internet sees, and know their own keys
 * only.
 */
@NullMarked
package io.a2al.sim.attack;

import org.jspecify.annotations.NullMarked;
