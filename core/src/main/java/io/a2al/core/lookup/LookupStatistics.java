package io.a2al.core.lookup;

import io.a2al.core.bounds.Occupancy;

/**
 * Statistics of lookups. Immutable; thread-safe.
 *
 * @param running lookups under way
 * @param started lookups since the start, those that the node started by itself included
 * @param readRepairs STOREs sent to holders of old versions
 */
public record LookupStatistics(Occupancy running, long started, long readRepairs) {}
