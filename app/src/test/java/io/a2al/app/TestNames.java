package io.a2al.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.stream.Stream;

/** Resolves the host names of tests, whose last part is {@code test}; the system resolves all others. */
public final class TestNames extends InetAddressResolverProvider {

    /** Nodes of tests listen at the second address only. */
    public static final String DEAD_AND_LIVING = "dead-and-living.test";

    /** The address of IPv6 first, where nodes of tests do not listen. */
    public static final String BOTH_FAMILIES = "both-families.test";

    /** A name that is never resolved. */
    public static final String UNKNOWN = "unknown.test";

    private static final byte[] DEAD = {127, 0, 0, 9};
    private static final byte[] LIVING = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final Map<String, byte[][]> NAMES =
            Map.of(DEAD_AND_LIVING, new byte[][] {DEAD, LIVING}, BOTH_FAMILIES, new byte[][] {IPV6, LIVING});

    /** Made by the JDK. */
    public TestNames() {}

    @Override
    public String name() {
        return "names of tests";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return host.endsWith(".test") ? addresses(host) : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    private static Stream<InetAddress> addresses(String host) throws UnknownHostException {
        byte[][] known = NAMES.getOrDefault(host, new byte[0][]);
        InetAddress[] addresses = new InetAddress[known.length];
        for (int i = 0; i < known.length; i++) {
            addresses[i] = InetAddress.getByAddress(host, known[i]);
        }
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        return Stream.of(addresses);
    }
}
