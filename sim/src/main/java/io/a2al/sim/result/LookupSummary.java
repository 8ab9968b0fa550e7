package io.a2al.sim.result;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A summary of many lookups. Immutable; thread-safe.
 *
 * @param lookups number of lookups
 * @param verdicts number of lookups with each verdict; every verdict is a key
 * @param latency percentiles of the latency of right lookups
 * @param quantiles {@value #QUANTILES} + 1 quantiles of the latency of right lookups, from the shortest to the longest;
 *     none without right lookups
 * @param hops number of lookups with 0, 1, 2 … hops
 * @param meanAsked mean number of nodes asked per lookup
 * @param surrounded number of lookups whose key looked surrounded by an attacker
 */
public record LookupSummary(
        int lookups,
        Map<Verdict, Integer> verdicts,
        Percentiles latency,
        List<Duration> quantiles,
        List<Integer> hops,
        double meanAsked,
        int surrounded) {

    /** Number of intervals between the quantiles that describe the distribution of latencies. */
    public static final int QUANTILES = 200;

    /** Copies map and lists. */
    public LookupSummary {
        verdicts = new EnumMap<>(verdicts);
        quantiles = List.copyOf(quantiles);
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
    public record Percentiles(Duration p50, Duration p90, Duration p95, Duration p99, Duration max) {}

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
