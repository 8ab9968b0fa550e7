package io.a2al.dht.shell;

import io.a2al.core.api.DropReason;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.dht.transport.SocketStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts datagrams and why they were dropped. Thread-safe. */
public final class Traffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder refusedRecords = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    public Traffic() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    void countReceived() {
        received.increment();
    }

    /** Counts a datagram that was admitted and whose signature holds. */
    public void countAccepted() {
        accepted.increment();
    }

    /** Counts a datagram that was dropped. */
    public void countDropped(DropReason reason) {
        Objects.requireNonNull(dropped.get(reason)).increment();
    }

    /** Counts a record that failed verification. */
    public void countRefusedRecord() {
        refusedRecords.increment();
    }

    void countSent(boolean success) {
        (success ? sent : sendFailures).increment();
    }

    public TrafficStatistics snapshot(Optional<SocketStatistics> socket) {
        Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> byReason.put(reason, count.sum()));
        return new TrafficStatistics(
                received.sum(), accepted.sum(), byReason, refusedRecords.sum(), sent.sum(), sendFailures.sum(), socket);
    }
}
