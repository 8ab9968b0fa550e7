package io.a2al.sim.network;

/**
 * The reason why a datagram did not arrive. The names are part of the trace hash, so they never change.
 */
public enum LossReason {
    /** Random loss on the link. */
    CHANCE,
    /** No host has the address, or the host is switched off. */
    NOBODY,
    /** The link is cut in this direction. */
    CUT,
    /** The two hosts are on different sides of a partition. */
    PARTITION,
    /** The receiver's NAT box does not admit the source address. */
    FILTERED,
    /** The queue of an uplink or downlink was full. */
    QUEUE,
    /** The address is not in a public network. */
    UNROUTABLE
}
