package io.a2al.dht.shell;

import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The keys whose records are to be restored before others, in the order in which they were asked for. Bounded: the core
 * lets as many requests wait, and answers without the records in the end. Thread-safe.
 */
final class WantedKeys {

    static final int MAX_KEYS = 1024;

    private final SequencedSet<NodeId> keys = new LinkedHashSet<>();

    /** Adds a key; does nothing if it waits already, or if too many do. */
    synchronized void add(NodeId key) {
        if (keys.size() < MAX_KEYS) {
            keys.add(key);
        }
    }

    /** Removes and returns the next keys. */
    synchronized List<NodeId> take(int max) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<NodeId> next = new ArrayList<>();
        while (next.size() < max && !keys.isEmpty()) {
            next.add(keys.removeFirst());
        }
        return next;
    }
}
