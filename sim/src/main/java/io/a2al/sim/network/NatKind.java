package io.a2al.sim.network;

/** What stands between a host and the internet, in the terms of RFC 3489 section 5. */
public enum NatKind {
    /** Nothing: the host has public addresses. */
    PUBLIC,
    /** One mapping for all destinations; everybody may send to it. */
    FULL_CONE,
    /** One mapping; only addresses that were sent to may send back. */
    RESTRICTED,
    /** One mapping; only addresses with the very port that was sent to may send back. */
    PORT_RESTRICTED,
    /** A mapping of its own for each destination, which alone may send back. */
    SYMMETRIC
}
