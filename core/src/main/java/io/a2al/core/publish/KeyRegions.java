package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lookups found lately, by the key space. Bounded: the oldest is evicted first. Not thread-safe. */
final class KeyRegions {

    /** Lookups that a node makes in two minutes at most, 16 at a time. */
    private static final int MAX = 4096;

    private final Selection selection;
    private final int count;
    private final NavigableMap<NodeId, KeyRegion> byCenter = new TreeMap<>();
    private final Deque<KeyRegion> byAge = new ArrayDeque<>();
    private int depth;

    /**
     * Nothing is found yet.
     *
     * @param count number of nodes that must be known around a key
     */
    KeyRegions(int count, Selection selection) {
        this.count = count;
        this.selection = selection;
    }

    void add(KeyRegion region, long since) {
        byCenter.put(region.center(), region);
        byAge.addLast(region);
        depth = region.depth();
        while (byAge.size() > MAX || byAge.getFirst().foundAt() - since < 0) {
            KeyRegion oldest = byAge.removeFirst();
            byCenter.remove(oldest.center(), oldest);
        }
    }

    /**
     * Returns true if the region tells the nodes nearest to a key. A key that looks surrounded needs its own lookup.
     */
    boolean covers(KeyRegion region, NodeId key) {
        return region.covers(key, count, selection.subnets())
                && (key.equals(region.center()) || !selection.network().looksSurrounded(key, region.nodes()));
    }

    /** Returns a region found since then in which the nearest nodes of the key are known. */
    Optional<KeyRegion> find(NodeId key, long since) {
        return Stream.of(byCenter.floorEntry(key), byCenter.higherEntry(key))
                .filter(entry -> entry != null && entry.getValue().foundAt() - since >= 0)
                .map(entry -> entry.getValue())
                .filter(region -> covers(region, key))
                .findFirst();
    }

    /** Returns how many leading bits the keys of a region have in common, by the latest one. */
    int depth() {
        return depth;
    }
}
