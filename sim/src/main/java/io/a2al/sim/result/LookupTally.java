package io.a2al.sim.result;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Counts lookups one by one, however many there are: it keeps eight bytes for each right one. Not thread-safe.
 */
public final class LookupTally {

    private static final int FIRST_CAPACITY = 64;

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private int lookups;
    private long asked;
    private int surrounded;

    /** Latencies of right lookups in nanoseconds, as many as are right. */
    private long[] latencies = new long[FIRST_CAPACITY];

    /** Number of lookups with 0, 1, 2 … hops, up to the most that occurred. */
    private int[] hops = new int[1];

    /** Creates a tally of no lookups. */
    public LookupTally() {
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
    }

    /** Counts a lookup. */
    public void add(LookupSample sample) {
        if (sample.verdict() == Verdict.RIGHT) {
            int right = right();
            if (right == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * right);
            }
            latencies[right] = sample.latency().toNanos();
        }
        verdicts.merge(sample.verdict(), 1, Integer::sum);
        lookups++;
        asked += sample.cost().asked();
        surrounded += sample.cost().surrounded() ? 1 : 0;
        if (sample.cost().hops() >= hops.length) {
            hops = Arrays.copyOf(hops, sample.cost().hops() + 1);
        }
        hops[sample.cost().hops()]++;
    }

    private int right() {
        return verdicts.getOrDefault(Verdict.RIGHT, 0);
    }

    /** Returns the summary of what was counted so far. */
    public LookupSummary summary() {
        long[] sorted = Arrays.copyOf(latencies, right());
        Arrays.sort(sorted);
        return new LookupSummary(
                lookups,
                verdicts,
                percentiles(sorted),
                quantiles(sorted),
                Arrays.stream(hops).boxed().toList(),
                lookups == 0 ? 0 : (double) asked / lookups,
                surrounded);
    }

    private static LookupSummary.Percentiles percentiles(long[] sorted) {
        return new LookupSummary.Percentiles(
                percentile(sorted, 0.5),
                percentile(sorted, 0.9),
                percentile(sorted, 0.95),
                percentile(sorted, 0.99),
                percentile(sorted, 1));
    }

    /** Returns a percentile by the nearest-rank method, zero if there are no values. */
    private static Duration percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }

    private static List<Duration> quantiles(long[] sorted) {
        if (sorted.length == 0) {
            return List.of();
        }
        return IntStream.rangeClosed(0, LookupSummary.QUANTILES)
                .mapToObj(i -> sorted[(int) ((long) i * (sorted.length - 1) / LookupSummary.QUANTILES)])
                .map(Duration::ofNanos)
                .toList();
    }
}
