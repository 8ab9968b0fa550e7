package io.a2al.sim;

import io.a2al.protocol.message.MessageType;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.world.SimEvent;
import java.util.ArrayList;
import java.util.List;

/** Counts datagrams by message type. Not thread-safe. */
final class TrafficCounter {

    private static final MessageType[] TYPES = MessageType.values();
    private static final int OTHER = TYPES.length;

    private final long[] messages = new long[OTHER + 1];
    private final long[] bytes = new long[OTHER + 1];
    private long lost;
    private long dropped;

    void count(SimEvent event) {
        switch (event) {
            case SimEvent.Sent sent -> {
                Datagram datagram = sent.datagram();
                int type = datagram.type().map(MessageType::ordinal).orElse(OTHER);
                messages[type]++;
                bytes[type] += datagram.length();
            }
            case SimEvent.Lost ignored -> lost++;
            case SimEvent.Dropped ignored -> dropped++;
            default -> {
                // Other events are not about datagrams.
            }
        }
    }

    Traffic traffic() {
        List<Traffic.Count> counts = new ArrayList<>();
        for (int i = 0; i <= OTHER; i++) {
            counts.add(new Traffic.Count(i == OTHER ? "other" : TYPES[i].name(), messages[i], bytes[i]));
        }
        return new Traffic(counts, lost, dropped);
    }
}
