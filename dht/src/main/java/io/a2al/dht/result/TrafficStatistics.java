package io.a2al.dht.result;

import io.a2al.core.api.DropReason;
import io.a2al.dht.transport.SocketStatistics;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Datagrams since the start. Immutable; thread-safe.
 *
 * @param received all that came in
 * @param accepted those that were verified and handled
 * @param dropped those that were not, by reason; every reason has an entry
 * @param refusedRecords records within accepted messages that failed verification
 * @param sent handed to the network
 * @param sendFailures not handed over, or too long to be sent
 * @param socket buffers of the socket, and what the system threw away before it could be received; nothing if the
 *     transport has none
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

    /** All dropped datagrams. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
