package io.a2al.core.store;

import io.a2al.core.bounds.Occupancy;

/**
 * What is kept for others. Immutable; thread-safe.
 *
 * @param keys DHT keys held; expired ones count until the next sweep
 * @param records records held at all keys; each key has limits of its own
 */
public record StoreStatistics(Occupancy keys, int records) {}
