package io.a2al.dht;

import io.a2al.dht.result.RenewalOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts how renewals ended. Thread-safe. */
final class RenewalCounts {

    private final Map<RenewalOutcome, LongAdder> counts = new EnumMap<>(RenewalOutcome.class);

    RenewalCounts() {
        for (RenewalOutcome outcome : RenewalOutcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(RenewalOutcome outcome) {
        Objects.requireNonNull(counts.get(outcome)).increment();
    }

    Map<RenewalOutcome, Long> snapshot() {
        Map<RenewalOutcome, Long> snapshot = new EnumMap<>(RenewalOutcome.class);
        counts.forEach((outcome, count) -> snapshot.put(outcome, count.sum()));
        return snapshot;
    }
}
