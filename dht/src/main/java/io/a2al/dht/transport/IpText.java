package io.a2al.dht.transport;

/**
 * Formats IP addresses, those of IPv6 in the short form of RFC 5952: lowercase, without the longest run of two or more
 * zero groups, or the first of several. Stateless and thread-safe.
 */
public final class IpText {

    private static final int IPV4 = 4;
    private static final int GROUPS = 8;

    private IpText() {}

    /** Returns the text of an address of 4 or 16 bytes. */
    public static String of(byte[] ip) {
        return ip.length == IPV4 ? ipv4(ip) : ipv6(ip);
    }

    private static String ipv4(byte[] ip) {
        return (ip[0] & 0xff) + "." + (ip[1] & 0xff) + "." + (ip[2] & 0xff) + "." + (ip[3] & 0xff);
    }

    private static String ipv6(byte[] ip) {
        int from = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(ip, i);
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        if (length < 2) {
            return groups(ip, 0, GROUPS);
        }
        return groups(ip, 0, from) + "::" + groups(ip, from + length, GROUPS);
    }

    private static int group(byte[] ip, int index) {
        return (ip[2 * index] & 0xff) << 8 | (ip[2 * index + 1] & 0xff);
    }

    private static int zerosFrom(byte[] ip, int index) {
        int end = index;
        while (end < GROUPS && group(ip, end) == 0) {
            end++;
        }
        return end - index;
    }

    private static String groups(byte[] ip, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(ip, i)));
        }
        return text.toString();
    }
}
