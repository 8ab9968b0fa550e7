package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Shelves in the order of eviction: by zone, each zone least recently used first. Every step takes the time of a map
 * look-up. Not thread-safe.
 */
final class EvictionOrder {

    private final NavigableMap<Integer, SequencedMap<NodeId, Shelf>> zones = new TreeMap<>();
    private int size;

    Optional<Shelf> find(int zone, NodeId key) {
        SequencedMap<NodeId, Shelf> shelves = zones.get(zone);
        return shelves == null ? Optional.empty() : Optional.ofNullable(shelves.get(key));
    }

    /** Adds a shelf as the one used last; it must not be there. */
    void add(int zone, NodeId key, Shelf shelf) {
        zones.computeIfAbsent(zone, empty -> new LinkedHashMap<>()).put(key, shelf);
        size++;
    }

    void markUsed(int zone, NodeId key, Shelf shelf) {
        SequencedMap<NodeId, Shelf> shelves = zones.get(zone);
        if (shelves != null) {
            shelves.putLast(key, shelf);
        }
    }

    /** Removes a shelf, which must be there. */
    void remove(int zone, NodeId key) {
        zones.computeIfPresent(zone, (number, shelves) -> {
            shelves.remove(key);
            return shelves.isEmpty() ? null : shelves;
        });
        size--;
    }

    /** Returns the zone that is evicted from first; there must be a shelf. */
    int firstZone() {
        return zones.firstKey();
    }

    /** Returns the key to evict first; there must be one. */
    NodeId first() {
        return zones.firstEntry().getValue().firstEntry().getKey();
    }

    int size() {
        return size;
    }

    /** Visits all shelves in order. */
    void forEach(BiConsumer<NodeId, Shelf> action) {
        zones.values().forEach(zone -> zone.forEach(action));
    }
}
