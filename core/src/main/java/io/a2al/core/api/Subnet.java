package io.a2al.core.api;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.List;

/**
 * A network that is in one hand as far as one can tell, a {@link NetworkLevel#SITE}: the /24 of an IPv4 address, the
 * /48 of an IPv6 one. Immutable, with value equality; thread-safe.
 *
 * @param prefix 3 bytes of an IPv4 address or 6 of an IPv6 one
 */
public record Subnet(Bytes prefix) implements Comparable<Subnet> {

    private static final int IPV4_BYTES = 3;

    /** The network of an endpoint; an IPv4-mapped one is in the IPv4 network. */
    public static Subnet of(Endpoint endpoint) {
        return new Subnet(NetworkLevel.siteOf(endpoint));
    }

    /** Returns the number of the network of a level that this one is in. */
    public long numberOf(NetworkLevel level) {
        return level.numberOf(prefix);
    }

    /** Returns the levels of networks that this one is in, from small networks to large ones. */
    public List<NetworkLevel> levels() {
        return NetworkLevel.ofFamily(isIpv4());
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
