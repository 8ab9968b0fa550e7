package io.a2al.dht.transport;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;

/**
 * A received datagram. Immutable; thread-safe.
 *
 * @param from its source, as an IPv4 address where that is IPv4-mapped
 * @param bytes its content
 */
public record Datagram(Endpoint from, Bytes bytes) {}
