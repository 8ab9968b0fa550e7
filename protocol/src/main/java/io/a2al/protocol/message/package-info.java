/**
 * Messages between nodes: their values, their encoding, their signatures and how responses are kept within a datagram
 * (wire.md sections 4 to 9). Nothing here decides what to answer.
 */
@NullMarked
package io.a2al.protocol.message;

import org.jspecify.annotations.NullMarked;
