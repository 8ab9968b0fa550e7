package io.a2al.core.api;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;

/**
 * A network that is in one hand as far as one can tell: the /24 of an IPv4 address, the /48 of an IPv6 one. Immutable,
 * with value equality; thread-safe.
 *
 * @param prefix 3 bytes of an IPv4 address or 6 of an IPv6 one; less for a network that {@link #enclosing encloses}
 *     others, of an IPv6 address at least 4
 */
public record Subnet(Bytes prefix) implements Comparable<Subnet> {

    public static final int IPV4_BYTES = 3;
    public static final int IPV6_BYTES = 6;

    /** The network of an endpoint; an IPv4-mapped one is in the IPv4 network. */
    public static Subnet of(Endpoint endpoint) {
        return new Subnet(endpoint.ipPrefix(IPV4_BYTES, IPV6_BYTES));
    }

    /**
     * Returns the network that this one and its neighbours are in: the first {@code ipv4Bytes} or {@code ipv6Bytes}.
     */
    public Subnet enclosing(int ipv4Bytes, int ipv6Bytes) {
        int length = Math.min(prefix.length(), isIpv4() ? ipv4Bytes : ipv6Bytes);
        return new Subnet(prefix.slice(0, length));
    }

    /** Returns true for a network of IPv4 addresses. */
    public boolean isIpv4() {
        return prefix.length() <= IPV4_BYTES;
    }

    /** Orders by prefix, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Subnet other) {
        return prefix.compareTo(other.prefix);
    }
}
