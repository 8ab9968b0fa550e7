package io.a2al.core.rpc;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.ConnectivityStatistics;

/**
 * Our requests to peers. Immutable; thread-safe.
 *
 * @param pending under way
 * @param generations peers known to understand the newer protocol version
 * @param answered answered since the start, by the expected peer or another
 * @param timedOut timed out since the start
 * @param excused failed since the start because of an outage or an error of this machine
 * @param medianRoundTripNanos median of the latest round-trip times; 0 before the first
 * @param connectivity whether our own network works
 */
public record RequestStatistics(
        Occupancy pending,
        Occupancy generations,
        long answered,
        long timedOut,
        long excused,
        long medianRoundTripNanos,
        ConnectivityStatistics connectivity) {}
