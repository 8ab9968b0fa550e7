package io.a2al.sim.network;

/**
 * Settings of the virtual network. Immutable; thread-safe.
 *
 * @param links delay and faults of links
 * @param addresses addresses and NATs of hosts
 */
public record NetworkSettings(LinkSettings links, AddressPlan addresses) {

    /** No faults, no NATs. */
    public static final NetworkSettings CALM = new NetworkSettings(LinkSettings.CALM, AddressPlan.CALM);
}
