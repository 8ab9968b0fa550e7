package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The keys of a store in the order of eviction. Keys far from the node come first, as the node is not the one to keep
 * them, and an attacker can invent any number of them; keys near the node take work to invent (known-defects D-23).
 * Keys at the same distance, to the power of two, go in order of use, and keys with records of this node go last. Every
 * step takes the time of a map look-up, however many keys there are (D-24). Not thread-safe.
 */
final class Shelves {

    static final int NOWHERE = -1;

    private static final int OWN = NodeId.BITS + 1;

    private final Optional<NodeId> self;

    /**
     * Keys by the number of leading bits that they share with the node's NodeID, each zone least recently used first.
     */
    private final NavigableMap<Integer, SequencedMap<NodeId, Shelf>> zones = new TreeMap<>();

    private int size;

    /** No keys; without {@code self}, they are kept in order of use only. */
    Shelves(Optional<NodeId> self) {
        this.self = self;
    }

    private int zoneOf(NodeId key) {
        return self.map(key::commonPrefixLength).orElse(0);
    }

    private Optional<Shelf> in(int zone, NodeId key) {
        SequencedMap<NodeId, Shelf> shelves = zones.get(zone);
        return shelves == null ? Optional.empty() : Optional.ofNullable(shelves.get(key));
    }

    Optional<Shelf> find(NodeId key) {
        Optional<Shelf> found = in(zoneOf(key), key);
        return found.isPresent() ? found : in(OWN, key);
    }

    /** Puts a new or changed shelf into its zone; does not count as use. */
    void place(NodeId key, Shelf shelf) {
        int zone = shelf.hasOwn() ? OWN : zoneOf(key);
        if (shelf.zone == zone) {
            return;
        }
        if (shelf.zone != NOWHERE) {
            remove(key);
        }
        shelf.zone = zone;
        zones.computeIfAbsent(zone, empty -> new LinkedHashMap<>()).put(key, shelf);
        size++;
    }

    void markUsed(NodeId key) {
        find(key).ifPresent(shelf -> {
            SequencedMap<NodeId, Shelf> zone = zones.get(shelf.zone);
            if (zone != null) {
                zone.putLast(key, shelf);
            }
        });
    }

    Optional<Shelf> remove(NodeId key) {
        Optional<Shelf> found = find(key);
        found.ifPresent(shelf -> {
            zones.computeIfPresent(shelf.zone, (number, zone) -> {
                zone.remove(key);
                return zone.isEmpty() ? null : zone;
            });
            shelf.zone = NOWHERE;
            size--;
        });
        return found;
    }

    /** Returns the key to evict first; there must be one. */
    NodeId first() {
        return zones.firstEntry().getValue().firstEntry().getKey();
    }

    int size() {
        return size;
    }

    /** Visits all shelves in the order of eviction. */
    void forEach(BiConsumer<NodeId, Shelf> action) {
        zones.values().forEach(zone -> zone.forEach(action));
    }
}
