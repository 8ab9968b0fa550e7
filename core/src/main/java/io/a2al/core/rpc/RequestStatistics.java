package io.a2al.core.rpc;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.ConnectivityStatistics;

/**
 * Our requests to others. Immutable; thread-safe.
 *
 * @param pending under way
 * @param generations peers known to speak the newer generation of the protocol
 * @param answered answered since the start, by whomever
 * @param timedOut given up since the start because the peer was silent
 * @param excused given up since the start without blaming a peer: outages and errors of this machine
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
