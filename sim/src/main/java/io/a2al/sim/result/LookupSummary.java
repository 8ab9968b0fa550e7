package io.a2al.sim.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A summary of many lookups. Immutable; thread-safe.
 *
 * @param lookups number of lookups
 * @param verdicts number of lookups with each verdict; every verdict is a key
 * @param latency percentiles of the latency of right lookups
 * @param hops number of lookups with 0, 1, 2 … hops
 * @param meanAsked mean number of nodes asked per lookup
 * @param surrounded number of lookups whose key looked surrounded by an attacker
 */
public record LookupSummary(
        int lookups,
        Map<Verdict, Integer> verdicts,
        Percentiles latency,
        List<Integer> hops,
        double meanAsked,
        int surrounded) {

    /** Copies map and list. */
    public LookupSummary {
        verdicts = new EnumMap<>(verdicts);
        hops = List.copyOf(hops);
    }

    /**
     * Percentiles of a distribution, computed by the nearest-rank method; all are zero if it is empty.
     *
     * @param p50 median
     * @param p90 90th percentile
     * @param p95 95th percentile
     * @param p99 99th percentile
     * @param max maximum
     */
    public record Percentiles(Duration p50, Duration p90, Duration p95, Duration p99, Duration max) {

        /** Returns the percentiles of the given durations. */
        public static Percentiles of(List<Duration> durations) {
            long[] sorted =
                    durations.stream().mapToLong(Duration::toNanos).sorted().toArray();
            return new Percentiles(at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
        }

        private static Duration at(long[] sorted, double share) {
            if (sorted.length == 0) {
                return Duration.ZERO;
            }
            int rank = (int) Math.ceil(share * sorted.length);
            return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
        }
    }

    /** Returns the summary of the given lookups. */
    public static LookupSummary of(List<LookupSample> samples) {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
        List<Duration> latencies = new ArrayList<>();
        int[] hops = new int
                [1
                        + samples.stream()
                                .mapToInt(sample -> sample.cost().hops())
                                .max()
                                .orElse(0)];
        long asked = 0;
        int surrounded = 0;
        for (LookupSample sample : samples) {
            verdicts.merge(sample.verdict(), 1, Integer::sum);
            hops[sample.cost().hops()]++;
            asked += sample.cost().asked();
            surrounded += sample.cost().surrounded() ? 1 : 0;
            if (sample.verdict() == Verdict.RIGHT) {
                latencies.add(sample.latency());
            }
        }
        double meanAsked = samples.isEmpty() ? 0 : (double) asked / samples.size();
        List<Integer> histogram = Arrays.stream(hops).boxed().toList();
        return new LookupSummary(samples.size(), verdicts, Percentiles.of(latencies), histogram, meanAsked, surrounded);
    }

    /** Returns the share of right lookups, 0 to 1; 1 if there were no lookups. */
    public double rightShare() {
        return lookups == 0 ? 1 : (double) count(Verdict.RIGHT) / lookups;
    }

    /** Returns the number of lookups with the given verdict. */
    public int count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    /** Returns the smallest number of hops that the given share of all lookups, 0 to 1, does not exceed. */
    public int hopsPercentile(double share) {
        long below = 0;
        for (int i = 0; i < hops.size(); i++) {
            below += hops.get(i);
            if (below >= share * lookups) {
                return i;
            }
        }
        return 0;
    }
}
