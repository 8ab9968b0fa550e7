package io.a2al.dht.peers;

import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

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
     * Returns the present addresses, without those whose host is unknown.
     *
     * @throws IOException if the source cannot be read
     */
    List<InetSocketAddress> addresses() throws IOException;

    /** Returns a source of configured addresses; host names are resolved again each time, as they may have moved. */
    static SeedSource configured(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> copy = List.copyOf(addresses);
        return source(
                "the configured addresses",
                () -> copy.stream()
                        .limit(MAX_SEEDS)
                        .map(address -> new InetSocketAddress(address.getHostString(), address.getPort()))
                        .filter(address -> !address.isUnresolved())
                        .toList());
    }

    /** Returns a source of the addresses that were saved before the last stop. */
    static SeedSource saved(SavedContacts saved, int defaultPort) {
        return source("file " + saved.path(), () -> resolve(saved.read(), defaultPort));
    }

    /**
     * Returns a source of the addresses in the TXT records of a DNS name, separated by comma, semicolon or white space
     * (node.md section 11).
     */
    static SeedSource dns(TxtResolver dns, String name, int defaultPort) {
        Pattern separators = Pattern.compile("[,;\\s]+");
        return source("DNS name " + name, () -> {
            List<String> entries = dns.texts(name).stream()
                    .flatMap(separators::splitAsStream)
                    .filter(entry -> !entry.isEmpty())
                    .toList();
            return resolve(entries, defaultPort);
        });
    }

    private static List<InetSocketAddress> resolve(List<String> entries, int defaultPort) {
        SequencedSet<InetSocketAddress> resolved = new LinkedHashSet<>();
        for (String entry : entries.subList(0, Math.min(entries.size(), MAX_SEEDS))) {
            try {
                resolved.add(Endpoints.parse(entry, defaultPort));
            } catch (IllegalArgumentException noAddressOrUnknownHost) {
                // The other entries may be usable.
            }
        }
        return List.copyOf(resolved);
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
