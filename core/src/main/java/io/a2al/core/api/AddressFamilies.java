package io.a2al.core.api;

import io.a2al.protocol.message.Endpoint;

/**
 * The address families that a node has a socket for. Immutable; thread-safe.
 *
 * @param ipv4 true if it can send to IPv4 addresses
 * @param ipv6 true if it can send to IPv6 addresses
 */
public record AddressFamilies(boolean ipv4, boolean ipv6) {

    /** Both families, which is assumed as long as nothing else is known. */
    public static final AddressFamilies BOTH = new AddressFamilies(true, true);

    /**
     * Returns the families that a socket bound to this address can send to: both for the unspecified address of IPv6,
     * else that of the address.
     */
    public static AddressFamilies ofSocket(Endpoint bound) {
        if (isIpv4(bound)) {
            return new AddressFamilies(true, false);
        }
        return bound.scope() == Endpoint.Scope.UNSPECIFIED ? BOTH : new AddressFamilies(false, true);
    }

    /** Returns true if a datagram can be sent to this endpoint, as far as its address family is concerned. */
    public boolean includes(Endpoint endpoint) {
        return isIpv4(endpoint) ? ipv4 : ipv6;
    }

    /** Returns true if both endpoints are of one family; an IPv4-mapped address is an IPv4 address. */
    public static boolean areSame(Endpoint one, Endpoint other) {
        return isIpv4(one) == isIpv4(other);
    }

    private static boolean isIpv4(Endpoint endpoint) {
        return endpoint.unmapped().isIpv4();
    }
}
