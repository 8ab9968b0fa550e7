package io.a2al.core.lookup;

import io.a2al.core.api.LookupReport;
import io.a2al.core.statistics.Distribution;
import io.a2al.core.statistics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts lookups that have ended; cancelled ones are not counted. Not thread-safe. */
final class LookupCounts {

    /** From one round trip in a local network to the time that a lookup may take, in nanoseconds. */
    private static final long[] DURATIONS =
            Histogram.millis(10, 20, 50, 100, 200, 300, 500, 800, 1300, 2000, 3000, 5000, 8000, 15_000);

    private static final long[] HOPS = {0, 1, 2, 3, 4, 5, 6, 8, 10, 15};

    private static final long[] ASKED = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256};

    private final Map<LookupKind, Map<LookupOutcome, Histogram>> durations = new EnumMap<>(LookupKind.class);
    private final Histogram hops = new Histogram(HOPS);
    private final Histogram asked = new Histogram(ASKED);

    LookupCounts() {
        for (LookupKind kind : LookupKind.values()) {
            Map<LookupOutcome, Histogram> byOutcome = new EnumMap<>(LookupOutcome.class);
            for (LookupOutcome outcome : LookupOutcome.values()) {
                byOutcome.put(outcome, new Histogram(DURATIONS));
            }
            durations.put(kind, byOutcome);
        }
    }

    /**
     * Counts a lookup that has ended.
     *
     * @param through true if it has what it was for, although nodes were left to ask
     */
    void count(LookupKind kind, Lookup lookup, boolean through, long now) {
        LookupReport report = lookup.report(now);
        boolean forNodes = kind == LookupKind.NODES || kind == LookupKind.BUCKET;
        boolean found = forNodes ? report.answered() > 0 : !lookup.records().isEmpty();
        LookupOutcome outcome = !through && !report.complete()
                ? LookupOutcome.INCOMPLETE
                : found || through ? LookupOutcome.FOUND : LookupOutcome.NOT_FOUND;
        Map<LookupOutcome, Histogram> byOutcome = Objects.requireNonNull(durations.get(kind));
        Objects.requireNonNull(byOutcome.get(outcome)).record(report.elapsed().toNanos());
        hops.record(report.hops());
        asked.record(report.asked());
    }

    /** Returns what was counted so far. */
    LookupStatistics.Ended snapshot() {
        Map<LookupKind, Map<LookupOutcome, Distribution>> all = new EnumMap<>(LookupKind.class);
        durations.forEach((kind, byOutcome) -> {
            Map<LookupOutcome, Distribution> distributions = new EnumMap<>(LookupOutcome.class);
            byOutcome.forEach((outcome, histogram) -> distributions.put(outcome, histogram.snapshot()));
            all.put(kind, distributions);
        });
        return new LookupStatistics.Ended(all, hops.snapshot(), asked.snapshot());
    }
}
