package io.a2al.dht.transport;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;

/**
 * A datagram that came in. Immutable; thread-safe.
 *
 * @param from where it came from, IPv4-mapped addresses turned into IPv4 ones
 */
public record Datagram(Endpoint from, Bytes bytes) {}
