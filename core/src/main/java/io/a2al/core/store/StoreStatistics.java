package io.a2al.core.store;

import io.a2al.core.bounds.Occupancy;

/**
 * Statistics of the store. Immutable; thread-safe.
 *
 * @param keys DHT keys held; expired ones count until the next sweep
 * @param records records held at all keys; each key has limits of its own
 * @param evictedKeys keys evicted since the start because the store was full
 * @param overQuota records refused since the start because their signing key or the network they came from has reached
 *     its quota
 * @param crowdedOut records refused since the start because their key is full of records from networks that have fewer
 *     each
 */
public record StoreStatistics(Occupancy keys, Occupancy records, long evictedKeys, long overQuota, long crowdedOut) {}
