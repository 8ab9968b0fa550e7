package io.a2al.core.bounds;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.List;

/**
 * The sizes of networks that limits apply to. Whatever has a limit for the smallest of them, a site, has a larger one
 * for the networks around it: a provider gives a /48 or a whole /32 to a customer who asks, and a /32 has 65,536 sites.
 * Larger networks have many honest nodes as well, so their limits grow with their size, and only serve against mass.
 *
 * <p>Each network has a number, which differs from those of all other networks of any size and address family.
 */
public enum NetworkLevel {
    /** A /24 of IPv4 or a /48 of IPv6: what belongs to one operator as far as one can tell. */
    SITE(3, 6, 1),
    /** A /40 of IPv6, 256 sites; for IPv4 there is none. Twice the limit of a site. */
    REGION(3, 5, 2),
    /**
     * A /16 of IPv4 or a /32 of IPv6: what a registry gives to a provider. Four times the limit of a site, which is
     * half a bucket, half of the replicas, and half of the nodes that a lookup hears.
     */
    PROVIDER(2, 4, 4);

    private static final int IPV4_SOURCE_BYTES = 4;
    private static final int IPV6_SOURCE_BYTES = 8;

    private static final int MAX_FACTOR = 4;

    private static final int LENGTH_SHIFT = 56;
    private static final long IPV4_MARK = 1L << 60;
    private static final long IPV6_MARK = 1L << 61;

    private static final List<NetworkLevel> IPV4 = List.of(SITE, PROVIDER);
    private static final List<NetworkLevel> IPV6 = List.of(SITE, REGION, PROVIDER);

    private final int ipv4Bytes;
    private final int ipv6Bytes;
    private final int factor;

    NetworkLevel(int ipv4Bytes, int ipv6Bytes, int factor) {
        this.ipv4Bytes = ipv4Bytes;
        this.ipv6Bytes = ipv6Bytes;
        this.factor = factor;
    }

    /** Returns the levels of networks that an endpoint is in, from small networks to large ones. */
    public static List<NetworkLevel> of(Endpoint endpoint) {
        return ofFamily(isIpv4(endpoint));
    }

    /** Returns the levels of an address family, from small networks to large ones. */
    public static List<NetworkLevel> ofFamily(boolean ipv4) {
        return ipv4 ? IPV4 : IPV6;
    }

    /** Returns true for an IPv4 address, mapped or not. */
    public static boolean isIpv4(Endpoint endpoint) {
        return endpoint.unmapped().isIpv4();
    }

    /**
     * Returns the first bytes of an address that belong to its site: 3 of an IPv4 address, 6 of an IPv6 one.
     */
    public static Bytes siteOf(Endpoint endpoint) {
        return endpoint.ipPrefix(SITE.ipv4Bytes, SITE.ipv6Bytes);
    }

    /**
     * Returns a number for what one customer has, which counts as one source: an IPv4 address, or a /64 of IPv6.
     * Numbers of different address families may be equal.
     */
    public static long sourceOf(Endpoint endpoint) {
        return endpoint.ipPrefixBits(IPV4_SOURCE_BYTES, IPV6_SOURCE_BYTES);
    }

    /** Returns the bytes of {@link #sourceOf}. */
    public static Bytes sourceBytesOf(Endpoint endpoint) {
        return endpoint.ipPrefix(IPV4_SOURCE_BYTES, IPV6_SOURCE_BYTES);
    }

    /** Returns the number of the network of this level that an endpoint is in. */
    public long numberOf(Endpoint endpoint) {
        return number(isIpv4(endpoint), endpoint.ipPrefixBits(ipv4Bytes, ipv6Bytes));
    }

    /** Returns the number of the network of this level that a {@linkplain #siteOf site} is in. */
    public long numberOf(Bytes site) {
        boolean ipv4 = site.length() <= SITE.ipv4Bytes;
        int length = Math.min(site.length(), ipv4 ? ipv4Bytes : ipv6Bytes);
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits = (bits << Byte.SIZE) | site.at(i);
        }
        return number(ipv4, bits);
    }

    private long number(boolean ipv4, long bits) {
        return ipv4
                ? IPV4_MARK | ((long) ipv4Bytes << LENGTH_SHIFT) | bits
                : IPV6_MARK | ((long) ipv6Bytes << LENGTH_SHIFT) | bits;
    }

    /** Returns how many times the limit of a site a network of this level has. */
    public int factor() {
        return factor;
    }

    /** Returns the limit of a network of this level; saturating. */
    public int limit(int ofSite) {
        return ofSite > Integer.MAX_VALUE / factor ? Integer.MAX_VALUE : ofSite * factor;
    }

    /**
     * Returns a number by which counts of networks of different levels are compared: how much of its limit each uses.
     */
    public long weigh(int count) {
        return (long) count * (MAX_FACTOR / factor);
    }
}
