/**
 * When participants come, go and come back, and the faults that strike many at once.
 */
@NullMarked
package io.a2al.sim.life;

import org.jspecify.annotations.NullMarked;
