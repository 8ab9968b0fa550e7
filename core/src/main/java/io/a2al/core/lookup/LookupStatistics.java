package io.a2al.core.lookup;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.statistics.Distribution;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Statistics of lookups. Immutable; thread-safe.
 *
 * @param running lookups under way
 * @param started lookups since the start, those that the node started by itself included
 * @param readRepairs STOREs sent to holders of old versions
 * @param suspected lookups after which the key looked surrounded by an attacker, so that more nodes were looked for
 * @param surrounded those of them in which these nodes confirmed it
 * @param ended lookups that have ended since the start
 */
public record LookupStatistics(
        Occupancy running, long started, long readRepairs, long suspected, long surrounded, Ended ended) {

    /**
     * Lookups that have ended, those that the node started by itself included; cancelled ones are not.
     *
     * @param durations how long they took, in nanoseconds; every kind and outcome has an entry
     * @param hops referrals between our own table and the farthest node that answered
     * @param asked nodes asked
     */
    public record Ended(
            Map<LookupKind, Map<LookupOutcome, Distribution>> durations, Distribution hops, Distribution asked) {

        /** Copies the map. */
        public Ended {
            durations = Collections.unmodifiableMap(new EnumMap<>(durations));
        }
    }
}
