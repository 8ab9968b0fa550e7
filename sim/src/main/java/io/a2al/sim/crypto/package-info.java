/**
 * Keys and signatures of a run: Ed25519, or fast keyed hashes that participants of the run cannot forge.
 */
@NullMarked
package io.a2al.sim.crypto;

import org.jspecify.annotations.NullMarked;
