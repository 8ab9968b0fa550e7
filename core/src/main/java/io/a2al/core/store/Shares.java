package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * How many records of a store each network of one level has, at which keys, and which has the most. Has at most as many
 * entries as there are records; every step takes the time of a map look-up. Not thread-safe.
 */
final class Shares {

    private static final class Share {
        private int records;

        /** The number of its records at each key; the key where it changed longest ago comes first. */
        private final SequencedMap<NodeId, Integer> keys = new LinkedHashMap<>(2);

        void change(NodeId key, int by) {
            Integer before = keys.remove(key);
            int after = (before == null ? 0 : before) + by;
            if (after > 0) {
                keys.put(key, after);
            }
        }
    }

    private final Map<Long, Share> shares = new HashMap<>();
    private final NavigableMap<Integer, SequencedSet<Long>> bySize = new TreeMap<>();
    private int total;

    void add(NodeId key, long network) {
        Share share = shares.computeIfAbsent(network, none -> new Share());
        resize(network, share, share.records + 1);
        share.change(key, 1);
    }

    /** Removes one record; the network must have one at the key. */
    void remove(NodeId key, long network) {
        Share share = shares.get(network);
        if (share == null) {
            return;
        }
        share.change(key, -1);
        resize(network, share, share.records - 1);
        if (share.records == 0) {
            shares.remove(network);
        }
    }

    private void resize(long network, Share share, int records) {
        bySize.computeIfPresent(share.records, (size, networks) -> {
            networks.remove(network);
            return networks.isEmpty() ? null : networks;
        });
        total += records - share.records;
        share.records = records;
        if (records > 0) {
            bySize.computeIfAbsent(records, none -> new LinkedHashSet<>()).add(network);
        }
    }

    /** Returns the records of a network. */
    int of(long network) {
        Share share = shares.get(network);
        return share == null ? 0 : share.records;
    }

    /** Returns the records of all networks. */
    int total() {
        return total;
    }

    /** Returns how many records the network with the most has. */
    int largest() {
        return bySize.isEmpty() ? 0 : bySize.lastKey();
    }

    /**
     * Returns a network with the most records, of several the one that reached this number first; there must be one.
     */
    long largestNetwork() {
        return bySize.lastEntry().getValue().getFirst();
    }

    /** Returns the key at which the records of a network changed longest ago; it must have one. */
    NodeId firstKey(long network) {
        Share share = shares.get(network);
        if (share == null) {
            throw new IllegalArgumentException("network " + network + " has no records");
        }
        return share.keys.firstEntry().getKey();
    }
}
