package io.a2al.core.rpc;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.ConnectivityStatistics;
import io.a2al.core.statistics.Distribution;
import io.a2al.protocol.message.MessageType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Our requests to peers. Immutable; thread-safe.
 *
 * @param pending under way
 * @param generations peers known to understand the newer protocol version
 * @param answered answered since the start, by the expected peer or another
 * @param timedOut timed out since the start
 * @param excused failed since the start because of an outage or an error of this machine
 * @param outcomes how requests ended since the start, by type; every type of request and every outcome has an entry
 * @param durations how long answers took since the start, by type, in nanoseconds: from the first datagram of a
 *     request, so that lost datagrams count
 * @param medianRoundTripNanos median of the latest round-trip times; 0 before the first
 * @param connectivity whether our own network works
 */
public record RequestStatistics(
        Occupancy pending,
        Occupancy generations,
        long answered,
        long timedOut,
        long excused,
        Map<MessageType, Map<RequestOutcome, Long>> outcomes,
        Map<MessageType, Distribution> durations,
        long medianRoundTripNanos,
        ConnectivityStatistics connectivity) {

    /** Copies the maps. */
    public RequestStatistics {
        outcomes = Collections.unmodifiableMap(new EnumMap<>(outcomes));
        durations = Collections.unmodifiableMap(new EnumMap<>(durations));
    }
}
