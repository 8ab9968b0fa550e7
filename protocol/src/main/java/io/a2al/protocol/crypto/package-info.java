/**
 * Keys and signatures: the identity of a node or agent, and Ed25519 from the fastest library that works here. Nothing
 * else of the project calls a signature library; secrets stay inside this package's types and are never printed.
 */
@NullMarked
package io.a2al.protocol.crypto;

import org.jspecify.annotations.NullMarked;
