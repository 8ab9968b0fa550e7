/** A run as a picture over time: who was up, asleep or hostile, and what was looked up, frame by frame. */
@NullMarked
package io.a2al.sim.film;

import org.jspecify.annotations.NullMarked;
