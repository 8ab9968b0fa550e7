package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordSlot.Group;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The keys of a store in the order of eviction. Keys far from the node come first, as the node is not the one to keep
 * them, and an attacker can invent any number of them; keys near the node take work to invent (known-defects D-23).
 * Keys at the same distance, to the power of two, go in order of use, and keys with records of this node go last. The
 * keys with records of one group have an order of their own beside that, so that a group is evicted from alone. Every
 * step takes the time of a map look-up, however many keys there are (D-24). Not thread-safe.
 */
final class Shelves {

    static final int NOWHERE = -1;

    private static final int OWN = NodeId.BITS + 1;

    private final Optional<NodeId> self;

    /** A zone is the number of leading bits that its keys share with the node's NodeID. */
    private final EvictionOrder all = new EvictionOrder();

    private final Map<Group, EvictionOrder> byGroup = new EnumMap<>(Group.class);

    /** No keys; without {@code self}, they are kept in order of use only. */
    Shelves(Optional<NodeId> self) {
        this.self = self;
        for (Group group : Group.values()) {
            byGroup.put(group, new EvictionOrder());
        }
    }

    private int zoneOf(NodeId key) {
        return self.map(key::commonPrefixLength).orElse(0);
    }

    Optional<Shelf> find(NodeId key) {
        Optional<Shelf> found = all.find(zoneOf(key), key);
        return found.isPresent() ? found : all.find(OWN, key);
    }

    /** Puts a new or changed shelf into its zone and groups; does not count as use. */
    void place(NodeId key, Shelf shelf) {
        int zone = shelf.hasOwn() ? OWN : zoneOf(key);
        if (shelf.zone != zone) {
            if (shelf.zone != NOWHERE) {
                remove(key);
            }
            shelf.zone = zone;
            all.add(zone, key, shelf);
        }
        Set<Group> groups = shelf.groupsOfRecords();
        if (!groups.equals(shelf.groups)) {
            for (Group group : Group.values()) {
                if (groups.contains(group) && !shelf.groups.contains(group)) {
                    of(group).add(zone, key, shelf);
                } else if (shelf.groups.contains(group) && !groups.contains(group)) {
                    of(group).remove(zone, key);
                }
            }
            shelf.groups = groups;
        }
    }

    void markUsed(NodeId key) {
        find(key).ifPresent(shelf -> {
            all.markUsed(shelf.zone, key, shelf);
            for (Group group : shelf.groups) {
                of(group).markUsed(shelf.zone, key, shelf);
            }
        });
    }

    Optional<Shelf> remove(NodeId key) {
        Optional<Shelf> found = find(key);
        found.ifPresent(shelf -> {
            all.remove(shelf.zone, key);
            for (Group group : shelf.groups) {
                of(group).remove(shelf.zone, key);
            }
            shelf.zone = NOWHERE;
            shelf.groups = Set.of();
        });
        return found;
    }

    /** Returns the number of keys with records of a group. */
    int size(Group group) {
        return of(group).size();
    }

    /** Returns the key with records of a group to evict them from first; there must be one. */
    NodeId first(Group group) {
        return of(group).first();
    }

    /** Returns the zone of {@link #first}; zones with lower numbers are evicted from first. */
    int firstZone(Group group) {
        return of(group).firstZone();
    }

    /** Returns true if all records of a group are at keys with records of this node. */
    boolean isOnlyBesideOwn(Group group) {
        return of(group).firstZone() == OWN;
    }

    private EvictionOrder of(Group group) {
        return Objects.requireNonNull(byGroup.get(group));
    }

    int size() {
        return all.size();
    }

    /** Visits all shelves in the order of eviction, whatever is reserved for groups. */
    void forEach(BiConsumer<NodeId, Shelf> action) {
        all.forEach(action);
    }
}
