package io.a2al.dht.transport;

import io.a2al.core.bounds.Occupancy;

/**
 * Numbers about a shared socket since its start. Immutable; thread-safe.
 *
 * @param nodeQueue datagrams that wait for the node
 * @param nodeReceived datagrams put there
 * @param nodeDropped datagrams for the node that found its queue full, or closed
 * @param otherQueue datagrams that wait for the other protocol
 * @param otherReceived datagrams put there
 * @param otherDropped datagrams for it that found its queue full, or closed, or were longer than
 *     {@value SharedUdpTransport#LONGEST_OTHER} bytes
 * @param receiveErrors failed receptions
 * @param sendErrors datagrams that could not be sent, whosever
 */
public record SharedStatistics(
        Occupancy nodeQueue,
        long nodeReceived,
        long nodeDropped,
        Occupancy otherQueue,
        long otherReceived,
        long otherDropped,
        long receiveErrors,
        long sendErrors) {}
