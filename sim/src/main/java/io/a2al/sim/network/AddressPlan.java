package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.util.List;
import java.util.Optional;

/**
 * Creates hosts: their addresses, their positions, and their NAT boxes. A host depends only on the seed and its own
 * number. Immutable; thread-safe.
 *
 * @param nats the shares of hosts behind each kind of NAT
 * @param ipv6Share share of public hosts that have an IPv6 address as well, 0 to 1
 * @param perPrefix number of consecutive hosts that share a /24, 1 to 250
 */
public record AddressPlan(NatMix nats, double ipv6Share, int perPrefix) {

    /** All hosts are public, IPv4 only, each in its own /24. */
    public static final AddressPlan CALM = new AddressPlan(NatMix.NONE, 0, 1);

    /** The default port of nodes. */
    private static final int PORT = 4121;

    private static final int HOSTS_PER_PREFIX = 250;

    /** First byte of the last unicast addresses; those above are multicast or reserved. */
    private static final int LAST_PUBLIC_BYTE = 223;

    private static final int TWO_BYTES = 1 << 16;

    /** An odd factor. It spreads prefixes with consecutive numbers over the address space, without collisions. */
    private static final int SPREAD = 40_503;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public AddressPlan {
        if (!(ipv6Share >= 0 && ipv6Share <= 1)) {
            throw new IllegalArgumentException("share of IPv6 hosts: " + ipv6Share + "; must be 0 to 1");
        }
        if (perPrefix < 1 || perPrefix > HOSTS_PER_PREFIX) {
            throw new IllegalArgumentException("hosts per prefix: " + perPrefix + "; must be 1 to " + HOSTS_PER_PREFIX);
        }
    }

    /** Returns this plan with another share of hosts behind NATs, in the same proportions. */
    public AddressPlan withNatShare(double share) {
        return new AddressPlan(nats.scaledTo(share), ipv6Share, perPrefix);
    }

    /** Returns this plan with another share of IPv6 hosts. */
    public AddressPlan withIpv6Share(double other) {
        return new AddressPlan(nats, other, perPrefix);
    }

    /** Returns this plan with another number of hosts per prefix. */
    public AddressPlan withPerPrefix(int other) {
        return new AddressPlan(nats, ipv6Share, other);
    }

    /** Creates the host with the given number. */
    public Host host(int index, Streams streams) {
        return host(index, streams, nats.draw(streams.of(Purpose.HOST, index)));
    }

    /** Creates the host with the given number behind the given kind of NAT. */
    public Host host(int index, Streams streams, NatKind kind) {
        Stream stream = streams.of(Purpose.HOST, index);
        stream.nextUnit();
        Place place = Place.draw(stream);
        boolean ipv6 = stream.chance(ipv6Share);
        Endpoint ipv4 = publicIpv4(index);
        if (kind != NatKind.PUBLIC) {
            NatBox box = new NatBox(kind, ipv4, nats.timeout().toNanos());
            return new Host(
                    index,
                    place,
                    List.of(Endpoint.of(new byte[] {(byte) 192, (byte) 168, 1, 2}, PORT)),
                    Optional.of(box));
        }
        return new Host(index, place, ipv6 ? inOrder(ipv4, publicIpv6(index)) : List.of(ipv4), Optional.empty());
    }

    /**
     * Nodes join by the first address. A node names only contacts of the family that it is asked by. So a network in
     * which all join by IPv6 is whole, and one in which only some do falls in two.
     */
    private List<Endpoint> inOrder(Endpoint ipv4, Endpoint ipv6) {
        return ipv6Share == 1 ? List.of(ipv6, ipv4) : List.of(ipv4, ipv6);
    }

    /**
     * Returns an address in the {@code prefix}-th /24. No host has it unless the plan has created that many prefixes.
     *
     * @throws IllegalArgumentException if there are not that many public prefixes
     */
    public static Endpoint inPrefix(int prefix, int host) {
        int first = 0;
        int left = prefix / TWO_BYTES;
        do {
            first++;
            left -= isPublic(first) ? 1 : 0;
        } while (left >= 0);
        int middle = spread(prefix);
        byte[] ip = {(byte) first, (byte) (middle >>> 8), (byte) middle, (byte) (1 + host)};
        return Endpoint.of(ip, PORT);
    }

    /** Returns an address in the {@code site}-th /24 of the {@code provider}-th of 256 /16, in which no host is. */
    public static Endpoint inProvider(int provider, int site) {
        return Endpoint.of(new byte[] {(byte) LAST_PUBLIC_BYTE, (byte) provider, (byte) site, 1}, PORT);
    }

    /** Returns an address in a /24 of a /16, each with a number up to 255, in which no other host is. */
    public static Endpoint inIpv4Site(int provider, int site, int host) {
        return Endpoint.of(
                new byte[] {(byte) (LAST_PUBLIC_BYTE - 1), (byte) provider, (byte) site, (byte) (1 + host)}, PORT);
    }

    /** Returns an address in a /48 of a /40 of a /32, each with a number up to 255, in which no other host is. */
    public static Endpoint inIpv6Site(int provider, int region, int site, int host) {
        byte[] ip = new byte[16];
        ip[0] = 0x2b;
        ip[3] = (byte) provider;
        ip[4] = (byte) region;
        ip[5] = (byte) site;
        ip[14] = (byte) (host >>> Byte.SIZE);
        ip[15] = (byte) (1 + host);
        return Endpoint.of(ip, PORT);
    }

    private static int spread(int prefix) {
        return (prefix * SPREAD) & (TWO_BYTES - 1);
    }

    private static boolean isPublic(int first) {
        if (first > LAST_PUBLIC_BYTE) {
            throw new IllegalArgumentException("prefix number is too high; there are not that many public prefixes");
        }
        // These contain networks that are not publicly routed.
        return switch (first) {
            case 10, 100, 127, 169, 172, 192 -> false;
            default -> true;
        };
    }

    private Endpoint publicIpv4(int index) {
        return inPrefix(index / perPrefix, index % perPrefix);
    }

    private Endpoint publicIpv6(int index) {
        int prefix = index / perPrefix;
        int middle = spread(prefix);
        byte[] ip = new byte[16];
        ip[0] = 0x2a;
        ip[1] = (byte) (prefix / TWO_BYTES);
        ip[3] = (byte) (middle >>> 8);
        ip[4] = (byte) middle;
        ip[5] = (byte) middle;
        ip[7] = (byte) (index % perPrefix);
        ip[15] = 1;
        return Endpoint.of(ip, PORT);
    }
}
