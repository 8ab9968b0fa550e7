/**
 * Keys and signatures: the identity of a node or agent, wallet keys, and Ed25519 from the fastest library that works on
 * this platform. No other package of the project calls a signature library. Secrets stay inside the types of this
 * package and are never printed.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.crypto;

import org.jspecify.annotations.NullMarked;
