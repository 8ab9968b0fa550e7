package io.a2al.core.nat;

/** How a NAT type is inferred from votes (node.md section 17): the two protocol versions of the reference differ. */
public enum NatRules {
    /**
     * v0.1.5: ports are counted over all addresses, the threshold is fixed, IPv6 votes count, and what is inferred is
     * also what is published.
     */
    OLDER,
    /**
     * v0.2.9: ports are compared under one IPv4 address only, fewer reporters than the threshold lower it to their
     * number, only IPv4 votes tell anything about a NAT, and nothing is published that no probe has shown.
     */
    NEWER
}
