/**
 * Keys and signatures of a run: real ones, or fast ones that cost next to nothing and cannot be forged by anybody
 * inside.
 */
@NullMarked
package io.a2al.sim.crypto;

import org.jspecify.annotations.NullMarked;
