package io.a2al.sim.network;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.util.List;
import java.util.Optional;

/**
 * Makes hosts: which addresses they have, where they are, and what NAT they are behind. A host depends on the seed and
 * its own number only. Immutable; thread-safe.
 *
 * @param nats how many are behind which NAT
 * @param ipv6Share how many of the public hosts have an IPv6 address as well, 0 to 1
 * @param perPrefix how many successive hosts share a /24
 */
public record AddressPlan(NatMix nats, double ipv6Share, int perPrefix) {

    /** All public, IPv4 only, each in a /24 of its own. */
    public static final AddressPlan CALM = new AddressPlan(NatMix.NONE, 0, 1);

    /** The port that nodes use by default. */
    private static final int PORT = 4121;

    private static final int HOSTS_PER_PREFIX = 250;
    private static final int LAST_PUBLIC_BYTE = 223;
    private static final int TWO_BYTES = 1 << 16;

    /** An odd factor, so that neighbours by number are none by address, and no two are equal. */
    private static final int SPREAD = 40_503;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public AddressPlan {
        if (!(ipv6Share >= 0 && ipv6Share <= 1)) {
            throw new IllegalArgumentException("the share of IPv6 hosts is " + ipv6Share + "; it must be 0 to 1");
        }
        if (perPrefix < 1 || perPrefix > HOSTS_PER_PREFIX) {
            throw new IllegalArgumentException(
                    "hosts per prefix: " + perPrefix + "; it must be 1 to " + HOSTS_PER_PREFIX);
        }
    }

    /** The same with this share of hosts behind NATs, of the same kinds. */
    public AddressPlan withNatShare(double share) {
        return new AddressPlan(nats.scaledTo(share), ipv6Share, perPrefix);
    }

    /** The same with another share of IPv6 hosts. */
    public AddressPlan withIpv6Share(double other) {
        return new AddressPlan(nats, other, perPrefix);
    }

    /** The same with another number of hosts per prefix. */
    public AddressPlan withPerPrefix(int other) {
        return new AddressPlan(nats, ipv6Share, other);
    }

    /** The host with this number. */
    public Host host(int index, Streams streams) {
        return host(index, streams, nats.draw(streams.of(Purpose.HOST, index)));
    }

    /** The host with this number, which is behind this kind of NAT. */
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
        List<Endpoint> endpoints = ipv6 ? List.of(ipv4, publicIpv6(index)) : List.of(ipv4);
        return new Host(index, place, endpoints, Optional.empty());
    }

    /** An address in the {@code prefix}-th /24, which hosts of the plan have only if it has so many. */
    public static Endpoint inPrefix(int prefix, int host) {
        int first = 0;
        int left = prefix / TWO_BYTES;
        do {
            first++;
            left -= isPublic(first) ? 1 : 0;
        } while (left >= 0);
        int middle = (prefix * SPREAD) & (TWO_BYTES - 1);
        byte[] ip = {(byte) first, (byte) (middle >>> 8), (byte) middle, (byte) (1 + host)};
        return Endpoint.of(ip, PORT);
    }

    private static boolean isPublic(int first) {
        if (first > LAST_PUBLIC_BYTE) {
            throw new IllegalArgumentException("there are not so many public addresses");
        }
        // These contain networks that are not routed.
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
        byte[] ip = new byte[16];
        ip[0] = 0x2a;
        ip[3] = (byte) (prefix >>> 16);
        ip[4] = (byte) (prefix >>> 8);
        ip[5] = (byte) prefix;
        ip[7] = (byte) (index % perPrefix);
        ip[15] = 1;
        return Endpoint.of(ip, PORT);
    }
}
