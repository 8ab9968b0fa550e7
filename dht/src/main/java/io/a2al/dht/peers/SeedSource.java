package io.a2al.dht.peers;

import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.HostResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A source of addresses to join the network through. Must be thread-safe; may block for some seconds. A source that
 * throws counts as one without addresses.
 */
public interface SeedSource {

    /** Most addresses taken from one source. */
    int MAX_SEEDS = 64;

    /** Returns the source in words, for log lines. */
    String description();

    /**
     * Returns the present addresses, all of each host, without those whose host is unknown.
     *
     * @throws IOException if the source cannot be read
     */
    List<InetSocketAddress> addresses() throws IOException;

    /** Like {@link #configured(List, HostResolver)}, with the JVM's resolver. */
    static SeedSource configured(List<InetSocketAddress> addresses) {
        return configured(addresses, HostResolver.SYSTEM);
    }

    /**
     * Returns a source of configured addresses. Host names are resolved each time, as they may have moved, and each
     * stands for all its addresses. The source throws only if none of the addresses is usable.
     */
    static SeedSource configured(List<InetSocketAddress> addresses, HostResolver resolver) {
        List<InetSocketAddress> copy = List.copyOf(addresses);
        String description = copy.size() == 1 ? Endpoints.text(copy.getFirst()) : "the configured addresses";
        return source(description, () -> resolve(copy, resolver));
    }

    /** Like {@link #saved(SavedContacts, int, HostResolver)}, with the JVM's resolver. */
    static SeedSource saved(SavedContacts saved, int defaultPort) {
        return saved(saved, defaultPort, HostResolver.SYSTEM);
    }

    /**
     * Returns a source of the addresses that were saved before the last stop: first the best ones, and each time it is
     * asked again the next ones, as none of those before was of use.
     */
    static SeedSource saved(SavedContacts saved, int defaultPort, HostResolver resolver) {
        AtomicInteger turn = new AtomicInteger();
        return source("file " + saved.path(), () -> {
            List<String> all = saved.read().addresses();
            int turns = Math.max(1, Math.ceilDiv(all.size(), MAX_SEEDS));
            int from = Math.floorMod(turn.getAndIncrement(), turns) * MAX_SEEDS;
            return resolve(parse(all.subList(from, all.size()), defaultPort), resolver);
        });
    }

    /** Like {@link #dns(TxtResolver, String, int, HostResolver)}, with the JVM's resolver of host names. */
    static SeedSource dns(TxtResolver dns, String name, int defaultPort) {
        return dns(dns, name, defaultPort, HostResolver.SYSTEM);
    }

    /**
     * Returns a source of the addresses in the TXT records of a DNS name, separated by comma, semicolon or white space
     * (node.md section 11).
     */
    static SeedSource dns(TxtResolver dns, String name, int defaultPort, HostResolver resolver) {
        Pattern separators = Pattern.compile("[,;\\s]+");
        return source("DNS name " + name, () -> {
            List<String> entries = dns.texts(name).stream()
                    .flatMap(separators::splitAsStream)
                    .filter(entry -> !entry.isEmpty())
                    .toList();
            return resolve(parse(entries, defaultPort), resolver);
        });
    }

    /** Leaves out what is no address, as the other entries may be usable. */
    private static List<InetSocketAddress> parse(List<String> entries, int defaultPort) {
        List<InetSocketAddress> parsed = new ArrayList<>();
        for (String entry : entries.subList(0, Math.min(entries.size(), MAX_SEEDS))) {
            try {
                parsed.add(Endpoints.requireDialable(Endpoints.parse(entry, defaultPort)));
            } catch (IllegalArgumentException noAddress) {
                // What is written in the DNS or in the file is not this node's to judge.
            }
        }
        return parsed;
    }

    /** Takes the first address of each host, then the second of each, so that no host crowds out another. */
    private static List<InetSocketAddress> resolve(List<InetSocketAddress> hosts, HostResolver resolver)
            throws IOException {
        List<List<InetSocketAddress>> resolved = new ArrayList<>();
        IOException failure = null;
        for (InetSocketAddress host : hosts.subList(0, Math.min(hosts.size(), MAX_SEEDS))) {
            try {
                resolved.add(Endpoints.resolve(host, resolver));
            } catch (IOException unknown) {
                failure = unknown;
            }
        }
        if (resolved.isEmpty() && failure != null) {
            throw failure;
        }
        int longest = resolved.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest)
                .boxed()
                .flatMap(i -> resolved.stream().filter(all -> i < all.size()).map(all -> all.get(i)))
                .distinct()
                .limit(MAX_SEEDS)
                .toList();
    }

    /** Reads a source. */
    @FunctionalInterface
    interface Reading {

        /** Returns the same as {@link SeedSource#addresses}. */
        List<InetSocketAddress> read() throws IOException;
    }

    private static SeedSource source(String description, Reading reading) {
        return new SeedSource() {
            @Override
            public String description() {
                return description;
            }

            @Override
            public List<InetSocketAddress> addresses() throws IOException {
                return reading.read();
            }
        };
    }
}
