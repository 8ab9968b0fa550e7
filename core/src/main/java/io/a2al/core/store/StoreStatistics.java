package io.a2al.core.store;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.record.RecordCategory;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Statistics of the store. Immutable; thread-safe.
 *
 * @param keys DHT keys held; expired ones count until the next sweep
 * @param records records held at all keys; each key has limits of its own
 * @param byCategory the same by category; every category has an entry
 * @param evictedKeys keys evicted since the start because the store was full
 * @param overQuota records refused since the start because their signing key or the network they came from has reached
 *     its quota
 * @param crowdedOut records refused since the start because their key is full of records from networks that have fewer
 *     each
 */
public record StoreStatistics(
        Occupancy keys,
        Occupancy records,
        Map<RecordCategory, Long> byCategory,
        long evictedKeys,
        long overQuota,
        long crowdedOut) {

    /** Copies the map. */
    public StoreStatistics {
        byCategory = Collections.unmodifiableMap(new EnumMap<>(byCategory));
    }
}
