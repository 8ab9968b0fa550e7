package io.a2al.sim.network;

/** The kinds of NAT of RFC 3489 section 5. */
public enum NatKind {
    /** No NAT: the host has public addresses. */
    PUBLIC,
    /** One mapping for all destinations; any address may send to it. */
    FULL_CONE,
    /** One mapping; only IP addresses to which the host has sent may send to it, from any port. */
    RESTRICTED,
    /** One mapping; only IP addresses and ports to which the host has sent may send to it. */
    PORT_RESTRICTED,
    /** A separate mapping for each destination; only that destination may send to it. */
    SYMMETRIC
}
