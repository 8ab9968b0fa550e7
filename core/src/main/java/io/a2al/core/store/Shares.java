package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.id.NodeId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * How many records of a store each origin has, at which keys, and who has the most. Has at most as many entries as
 * there are records; every step takes the time of a map look-up. Not thread-safe.
 */
final class Shares {

    private static final class Share {
        private int records;

        /** The key that changed longest ago comes first. */
        private final SequencedSet<NodeId> keys = new LinkedHashSet<>();
    }

    private final Map<Origin, Share> shares = new HashMap<>();
    private final NavigableMap<Integer, SequencedSet<Origin>> bySize = new TreeMap<>();
    private int total;

    void add(NodeId key, Origin origin) {
        Share share = shares.computeIfAbsent(origin, none -> new Share());
        resize(origin, share, share.records + 1);
        share.keys.add(key);
    }

    /** Removes one record; the origin must have no other one at the key, or it is added again at once. */
    void remove(NodeId key, Origin origin) {
        Share share = shares.get(origin);
        if (share == null) {
            return;
        }
        share.keys.remove(key);
        resize(origin, share, share.records - 1);
        if (share.records == 0) {
            shares.remove(origin);
        }
    }

    private void resize(Origin origin, Share share, int records) {
        bySize.computeIfPresent(share.records, (size, origins) -> {
            origins.remove(origin);
            return origins.isEmpty() ? null : origins;
        });
        total += records - share.records;
        share.records = records;
        if (records > 0) {
            bySize.computeIfAbsent(records, none -> new LinkedHashSet<>()).add(origin);
        }
    }

    /** Returns the records of an origin. */
    int of(Origin origin) {
        Share share = shares.get(origin);
        return share == null ? 0 : share.records;
    }

    /** Returns the records of all origins. */
    int total() {
        return total;
    }

    /** Returns how many records the origin with the most has. */
    int largest() {
        return bySize.isEmpty() ? 0 : bySize.lastKey();
    }

    /**
     * Returns an origin with the most records, of several the one that reached this number first; there must be one.
     */
    Origin largestOrigin() {
        return bySize.lastEntry().getValue().getFirst();
    }

    /** Returns the key at which the records of an origin changed longest ago; it must have one. */
    NodeId firstKey(Origin origin) {
        Share share = shares.get(origin);
        if (share == null) {
            throw new IllegalArgumentException(origin + " has no records");
        }
        return share.keys.getFirst();
    }
}
