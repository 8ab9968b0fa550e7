package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The keys of a store in the order in which they would be given up: those far from the node first, as it is not the one
 * to keep them, and anybody can make up any number of them; what is near takes work to make up (known-defects D-23).
 * Keys at the same distance, to the power of two, go in order of use, and keys with records of the node's own go last.
 * Every step takes the time of a map look-up, however many keys there are (D-24). Not thread-safe.
 */
final class Shelves {

    static final int NOWHERE = -1;

    private static final int OWN = NodeId.BITS + 1;

    private final Optional<NodeId> self;

    /** Bits that keys share with the node's own NodeID, to the keys with that many, least recently used first. */
    private final NavigableMap<Integer, SequencedMap<NodeId, Shelf>> zones = new TreeMap<>();

    private int size;

    /** In order of use only, if there is no node. */
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

    /** Puts a shelf, new or changed, where it belongs; that is no use of it. */
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

    /** The key to be given up first; there must be one. */
    NodeId first() {
        return zones.firstEntry().getValue().firstEntry().getKey();
    }

    int size() {
        return size;
    }

    /** In the order in which keys would be given up. */
    void forEach(BiConsumer<NodeId, Shelf> action) {
        zones.values().forEach(zone -> zone.forEach(action));
    }
}
