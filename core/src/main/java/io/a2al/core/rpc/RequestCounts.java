package io.a2al.core.rpc;

import io.a2al.core.statistics.Distribution;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.core.statistics.Histogram;
import io.a2al.protocol.message.MessageType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts our requests by type and outcome, and how long answers took. Not thread-safe. */
final class RequestCounts {

    /** From a local network to {@link RequestSettings#timeout}, in nanoseconds. */
    private static final long[] BOUNDS =
            Histogram.millis(1, 2, 5, 10, 20, 30, 50, 80, 130, 200, 300, 500, 800, 1300, 2000);

    private final Map<MessageType, EnumCounts<RequestOutcome>> outcomes = new EnumMap<>(MessageType.class);
    private final Map<MessageType, Histogram> durations = new EnumMap<>(MessageType.class);

    RequestCounts() {
        for (MessageType type : MessageType.values()) {
            if (type.response().isPresent()) {
                outcomes.put(type, new EnumCounts<>(RequestOutcome.class));
                durations.put(type, new Histogram(BOUNDS));
            }
        }
    }

    /** Counts a request that has ended. */
    void count(MessageType request, RequestOutcome outcome) {
        Objects.requireNonNull(outcomes.get(request), "not a request").count(outcome);
    }

    /** Counts the time until a node answered, in nanoseconds, its repetitions included. */
    void countDuration(MessageType request, long nanos) {
        Objects.requireNonNull(durations.get(request), "not a request").record(nanos);
    }

    /** Returns the requests of all types that ended in this way. */
    long total(RequestOutcome outcome) {
        return outcomes.values().stream()
                .mapToLong(counts -> counts.of(outcome))
                .sum();
    }

    Map<MessageType, Map<RequestOutcome, Long>> outcomes() {
        Map<MessageType, Map<RequestOutcome, Long>> all = new EnumMap<>(MessageType.class);
        outcomes.forEach((type, counts) -> all.put(type, counts.snapshot()));
        return all;
    }

    Map<MessageType, Distribution> durations() {
        Map<MessageType, Distribution> all = new EnumMap<>(MessageType.class);
        durations.forEach((type, histogram) -> all.put(type, histogram.snapshot()));
        return all;
    }
}
