package io.a2al.core.lookup;

import io.a2al.core.bounds.Occupancy;

/**
 * Statistics of lookups. Immutable; thread-safe.
 *
 * @param running lookups under way
 * @param started lookups since the start, those that the node started by itself included
 * @param readRepairs STOREs sent to holders of old versions
 * @param suspected lookups after which the key looked surrounded by an attacker, so that more nodes were looked for
 * @param surrounded those of them in which these nodes confirmed it
 */
public record LookupStatistics(Occupancy running, long started, long readRepairs, long suspected, long surrounded) {}
