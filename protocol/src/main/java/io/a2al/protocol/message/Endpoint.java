package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * An IP address and a UDP port, as in contacts and in {@code observed_addr} (wire.md 8). The bytes are kept as
 * received: an IPv4-mapped IPv6 address is converted only by {@link #unmapped()}, and differs from the IPv4 address
 * until then. Never resolves names. Immutable, with value equality; thread-safe.
 */
public final class Endpoint implements Comparable<Endpoint> {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    /**
     * The observed address in responses to requests that were not received by UDP: 127.0.0.1, port 0. The field cannot
     * be omitted (wire.md 8.2).
     */
    public static final Endpoint NOT_UDP = new Endpoint(new byte[] {127, 0, 0, 1}, 0);

    private final byte[] ip;
    private final int port;

    private Endpoint(byte[] ip, int port) {
        this.ip = ip;
        this.port = port;
    }

    /**
     * Returns the endpoint with the given IP address, of 4 or 16 bytes, and port.
     *
     * @throws IllegalArgumentException if the address has another length or the port is not within 0 to 65535
     */
    public static Endpoint of(byte[] ip, int port) {
        if (ip.length != IPV4 && ip.length != IPV6) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + ip.length);
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is within 0 to 65535, not " + port);
        }
        return new Endpoint(ip.clone(), port);
    }

    /** Decodes the form of 6 or 18 bytes (wire.md 8.2); returns nothing for any other length. */
    public static Optional<Endpoint> ofWire(Bytes bytes) {
        return isWireLength(bytes.length())
                ? Optional.of(readWire(bytes.toArray(), 0, bytes.length()))
                : Optional.empty();
    }

    /** Decodes 6 or 18 bytes, the IP address and then the port. The caller has checked the length. */
    static Endpoint readWire(byte[] bytes, int from, int length) {
        int portAt = from + length - 2;
        return new Endpoint(
                Arrays.copyOfRange(bytes, from, portAt), (bytes[portAt] & 0xff) << 8 | (bytes[portAt + 1] & 0xff));
    }

    static boolean isWireLength(int length) {
        return length == IPV4 + 2 || length == IPV6 + 2;
    }

    /** Returns IP address and port as 6 or 18 bytes (wire.md 8.2). */
    public Bytes toWire() {
        byte[] wire = Arrays.copyOf(ip, ip.length + 2);
        wire[ip.length] = (byte) (port >> 8);
        wire[ip.length + 1] = (byte) port;
        return Bytes.copyOf(wire);
    }

    /** Writes {@link #toWire()} as a byte string. */
    void writeWire(CborWriter writer) {
        int at = writer.beginBytes(ip.length + 2);
        byte[] target = writer.buffer();
        System.arraycopy(ip, 0, target, at, ip.length);
        target[at + ip.length] = (byte) (port >> 8);
        target[at + ip.length + 1] = (byte) port;
    }

    /** Writes {@link #ip()} as a byte string. */
    void writeIp(CborWriter writer) {
        writer.bytes(ip, 0, ip.length);
    }

    /** Returns a copy of the 4 or 16 bytes of the IP address. */
    public byte[] ip() {
        return ip.clone();
    }

    /** Returns the length of the IP address, in bytes: 4 or 16. */
    public int ipLength() {
        return ip.length;
    }

    /** Returns the port, 0 to 65535. */
    public int port() {
        return port;
    }

    /** Returns true if the IP address has 4 bytes; false for an IPv4-mapped IPv6 address. */
    public boolean isIpv4() {
        return ip.length == IPV4;
    }

    /**
     * Returns the first bytes of the IP address, which all addresses of a network share: {@code ipv4Bytes} of an IPv4
     * address, mapped or not, else {@code ipv6Bytes}.
     */
    public Bytes ipPrefix(int ipv4Bytes, int ipv6Bytes) {
        byte[] plain = unmapped().ip;
        return Bytes.copyOfRange(plain, 0, plain.length == IPV4 ? ipv4Bytes : ipv6Bytes);
    }

    /**
     * Returns {@link #ipPrefix} as a big-endian number of at most 8 bytes. Numbers of different address families may be
     * equal.
     */
    public long ipPrefixBits(int ipv4Bytes, int ipv6Bytes) {
        byte[] plain = unmapped().ip;
        int bytes = plain.length == IPV4 ? ipv4Bytes : ipv6Bytes;
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits = bits << 8 | (plain[i] & 0xff);
        }
        return bits;
    }

    /** Returns this endpoint with another port. */
    public Endpoint withPort(int other) {
        return of(ip, other);
    }

    /**
     * Returns true if both have the same IP address, whatever the ports; IPv4-mapped addresses equal IPv4 addresses.
     */
    public boolean hasSameIp(Endpoint other) {
        return Arrays.equals(unmapped().ip, other.unmapped().ip);
    }

    /** Returns this endpoint with an IPv4-mapped IPv6 address converted to the IPv4 address (wire.md 8.2). */
    public Endpoint unmapped() {
        return isMapped() ? new Endpoint(Arrays.copyOfRange(ip, 12, 16), port) : this;
    }

    private boolean isMapped() {
        if (ip.length != IPV6 || ip[10] != (byte) 0xff || ip[11] != (byte) 0xff) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (ip[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns true if a datagram can be sent to this endpoint: the port is not 0, and the IP address is not
     * unspecified, multicast or reserved.
     */
    public boolean isDialable() {
        return port != 0
                && switch (scope()) {
                    case UNSPECIFIED, MULTICAST, RESERVED -> false;
                    case LOOPBACK, LINK_LOCAL, PRIVATE, SHARED, PUBLIC -> true;
                };
    }

    /** Returns true if the IP address is routed on the public internet (wire.md 8.2). */
    public boolean isPublic() {
        return scope() == Scope.PUBLIC;
    }

    /** Returns the range that the IP address is in. */
    public Scope scope() {
        Endpoint plain = unmapped();
        return plain.isIpv4() ? Scope.ofIpv4(plain.ip) : Scope.ofIpv6(plain.ip);
    }

    /** The ranges of IP addresses that A2AL distinguishes. */
    public enum Scope {
        /** All zeros. */
        UNSPECIFIED,
        /** This machine: 127/8, ::1. */
        LOOPBACK,
        /** This link: 169.254/16, fe80::/10. */
        LINK_LOCAL,
        /** Private networks: 10/8, 172.16/12, 192.168/16, fc00::/7. */
        PRIVATE,
        /** Shared address space of a provider (RFC 6598): 100.64/10. */
        SHARED,
        /** Multicast groups: 224/4, ff00::/8. */
        MULTICAST,
        /** 240/4, which includes the broadcast address, and 0/8. */
        RESERVED,
        /** Everything else. */
        PUBLIC;

        private static Scope ofIpv4(byte[] ip) {
            int a = ip[0] & 0xff;
            int b = ip[1] & 0xff;
            return switch (a) {
                case 0 -> (b | ip[2] | ip[3]) == 0 ? UNSPECIFIED : RESERVED;
                case 10 -> PRIVATE;
                case 100 -> b >= 64 && b < 128 ? SHARED : PUBLIC;
                case 127 -> LOOPBACK;
                case 169 -> b == 254 ? LINK_LOCAL : PUBLIC;
                case 172 -> b >= 16 && b < 32 ? PRIVATE : PUBLIC;
                case 192 -> b == 168 ? PRIVATE : PUBLIC;
                default -> a < 224 ? PUBLIC : a < 240 ? MULTICAST : RESERVED;
            };
        }

        private static Scope ofIpv6(byte[] ip) {
            int a = ip[0] & 0xff;
            if (a == 0xff) {
                return MULTICAST;
            }
            if ((a & 0xfe) == 0xfc) {
                return PRIVATE;
            }
            if (a == 0xfe && (ip[1] & 0xc0) == 0x80) {
                return LINK_LOCAL;
            }
            for (int i = 0; i < 15; i++) {
                if (ip[i] != 0) {
                    return PUBLIC;
                }
            }
            return ip[15] == 0 ? UNSPECIFIED : ip[15] == 1 ? LOOPBACK : PUBLIC;
        }
    }

    /** Orders by IP address, then by port, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Endpoint other) {
        int byIp = Arrays.compareUnsigned(ip, other.ip);
        return byIp != 0 ? byIp : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && Arrays.equals(ip, that.ip);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ip) + port;
    }

    /** Returns {@code 203.0.113.7:4121} or {@code [2001:db8:0:0:0:0:0:1]:4121}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (isIpv4()) {
            text.append(ip[0] & 0xff).append('.').append(ip[1] & 0xff).append('.');
            return text.append(ip[2] & 0xff)
                    .append('.')
                    .append(ip[3] & 0xff)
                    .append(':')
                    .append(port)
                    .toString();
        }
        text.append('[');
        for (int i = 0; i < IPV6; i += 2) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString((ip[i] & 0xff) << 8 | (ip[i + 1] & 0xff)));
        }
        return text.append("]:").append(port).toString();
    }
}
