package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordSlot.Group;
import java.util.List;

/**
 * Keeps a store within its limits (known-defects D-23): evicts from a network with more than its share first; then from
 * the groups of records with more than is reserved for them; among those, from far keys first. Not thread-safe.
 */
final class Eviction {

    private final StoreLimits limits;
    private final HeldRecords contents;
    private final Shelves shelves;
    private final Quotas quotas;
    private final Reservations reservations;
    private int maxKeys;
    private long evictedKeys;

    /**
     * Nothing is evicted yet.
     *
     * @param shelves the keys of {@code contents}
     * @param quotas counts {@code contents}
     */
    Eviction(StoreLimits limits, HeldRecords contents, Shelves shelves, Quotas quotas) {
        this.limits = limits;
        this.contents = contents;
        this.shelves = shelves;
        this.quotas = quotas;
        this.reservations = new Reservations(limits.quotas().reserved());
        this.maxKeys = limits.maxKeys();
    }

    int maxKeys() {
        return maxKeys;
    }

    /**
     * Changes how many keys are kept, and evicts keys beyond that.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    void setMaxKeys(int keys) {
        maxKeys = limits.withMaxKeys(keys).maxKeys();
        evict();
    }

    /** Returns how many times records were evicted from a key because the store was full. */
    long evictedKeys() {
        return evictedKeys;
    }

    /** Evicts until the store is within its limits. */
    void evict() {
        quotas.unprovenSurplus().ifPresent(this::remove);
        while (shelves.size() > maxKeys || contents.count() > limits.quotas().records()) {
            quotas.surplus().ifPresentOrElse(this::remove, this::removeFirst);
            evictedKeys++;
        }
    }

    /** Removes the earliest record of a network at a key, and all from the same origin there. */
    private void remove(Quotas.Surplus surplus) {
        List<Held> records = contents.at(surplus.key());
        Origin origin = MergePolicy.earliest(records, each -> surplus.contains(each.origin()))
                .orElseThrow()
                .origin();
        contents.keep(
                surplus.key(),
                records.stream().filter(each -> !each.origin().equals(origin)).toList());
    }

    private void removeFirst() {
        Group group = shelves.size() > maxKeys
                ? reservations.toEvict(shelves, shelves::size, maxKeys)
                : reservations.toEvict(shelves, quotas::of, limits.quotas().records());
        NodeId key = shelves.first(group);
        contents.keep(
                key,
                contents.at(key).stream().filter(each -> each.group() != group).toList());
    }
}
