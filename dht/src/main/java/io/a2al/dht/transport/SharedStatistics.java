package io.a2al.dht.transport;

import io.a2al.core.bounds.Occupancy;

/**
 * Counters of a shared socket since it was opened. Immutable; thread-safe.
 *
 * @param nodeQueue datagrams that wait for the node
 * @param nodeReceived datagrams put into that queue, those of ways included
 * @param nodeDropped datagrams for the node that found its queue full, or closed
 * @param otherQueue datagrams that wait for the other protocol
 * @param otherReceived datagrams put into that queue
 * @param otherDropped datagrams for it that found its queue full, or closed, or were longer than
 *     {@value SharedUdpTransport#LONGEST_OTHER} bytes
 * @param ways ways that are open
 * @param receiveErrors failed receptions
 * @param sendErrors datagrams of either side that could not be sent, on ways included
 */
public record SharedStatistics(
        Occupancy nodeQueue,
        long nodeReceived,
        long nodeDropped,
        Occupancy otherQueue,
        long otherReceived,
        long otherDropped,
        Occupancy ways,
        long receiveErrors,
        long sendErrors) {}
