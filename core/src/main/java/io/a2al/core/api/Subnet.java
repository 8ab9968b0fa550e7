package io.a2al.core.api;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;

/**
 * A network that is in one hand as far as one can tell: the /24 of an IPv4 address, the /48 of an IPv6 one. Immutable,
 * with value equality; thread-safe.
 *
 * @param prefix 3 bytes of an IPv4 address or 6 of an IPv6 one
 */
public record Subnet(Bytes prefix) implements Comparable<Subnet> {

    public static final int IPV4_BYTES = 3;
    public static final int IPV6_BYTES = 6;

    /** The network of an endpoint; an IPv4-mapped one is in the IPv4 network. */
    public static Subnet of(Endpoint endpoint) {
        return new Subnet(endpoint.ipPrefix(IPV4_BYTES, IPV6_BYTES));
    }

    /** Orders by prefix, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Subnet other) {
        return prefix.compareTo(other.prefix);
    }
}
