package io.a2al.core.lookup;

import io.a2al.core.bounds.Occupancy;

/**
 * Lookups. Immutable; thread-safe.
 *
 * @param running under way
 * @param started since the start, those of the node's own upkeep included
 * @param readRepairs STOREs sent to holders of old versions
 */
public record LookupStatistics(Occupancy running, long started, long readRepairs) {}
