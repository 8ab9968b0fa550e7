package io.a2al.sim.network;

/** Why a datagram did not arrive. */
public enum LossReason {
    /** By chance. */
    CHANCE,
    /** Nobody has that address, or whoever has it is switched off. */
    NOBODY,
    /** The link is cut in this direction. */
    CUT,
    /** The two are on different sides of a partition. */
    PARTITION,
    /** The receiver's NAT expects nothing from there. */
    FILTERED,
    /** Too much was waiting for a slow uplink or downlink. */
    QUEUE,
    /** The address is of a family that the sender has not, or of no public network. */
    UNROUTABLE
}
