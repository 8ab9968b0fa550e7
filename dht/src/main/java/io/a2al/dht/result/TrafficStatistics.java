package io.a2al.dht.result;

import io.a2al.core.api.DropReason;
import io.a2al.dht.transport.SocketStatistics;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counters of datagrams since the start. Immutable; thread-safe.
 *
 * @param received all received datagrams
 * @param accepted datagrams that were verified and handled
 * @param dropped all other datagrams, by reason; every reason has an entry
 * @param refusedRecords records in accepted messages that failed verification
 * @param sent datagrams handed to the system
 * @param sendFailures datagrams that the system did not take, or that were too long
 * @param socket buffers and errors of the socket, and the datagrams that the system dropped before they were received;
 *     empty if the transport has no socket
 */
public record TrafficStatistics(
        long received,
        long accepted,
        Map<DropReason, Long> dropped,
        long refusedRecords,
        long sent,
        long sendFailures,
        Optional<SocketStatistics> socket) {

    /** Copies the map. */
    public TrafficStatistics {
        dropped = Collections.unmodifiableMap(new EnumMap<>(dropped));
    }

    /** Returns the number of all dropped datagrams. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
