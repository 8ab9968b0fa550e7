package io.a2al.core.statistics;

import java.time.Duration;
import java.util.Arrays;

/** Counts values by fixed ranges. Not thread-safe. */
public final class Histogram {

    private final long[] bounds;
    private final long[] counts;
    private long sum;

    /**
     * Has counted nothing.
     *
     * @param bounds the highest value of each range but the last, which has none; ascending
     */
    public Histogram(long... bounds) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i - 1] >= bounds[i]) {
                throw new IllegalArgumentException("bounds of a histogram: " + Arrays.toString(bounds)
                        + "; each must be greater than the one before");
            }
        }
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    /** Returns bounds in nanoseconds for these in milliseconds. */
    public static long[] millis(long... bounds) {
        return Arrays.stream(bounds)
                .map(millis -> Duration.ofMillis(millis).toNanos())
                .toArray();
    }

    /** Counts a value. */
    public void record(long value) {
        int range = 0;
        while (range < bounds.length && value > bounds[range]) {
            range++;
        }
        counts[range]++;
        sum += value;
    }

    /** Returns what was counted so far. */
    public Distribution snapshot() {
        return new Distribution(
                Arrays.stream(bounds).boxed().toList(),
                Arrays.stream(counts).boxed().toList(),
                sum);
    }
}
