package io.a2al.bench.load;

import java.time.Duration;

/**
 * A histogram of times in nanoseconds with a relative precision of 1/64: the width of a bucket grows with the power of
 * two below it. Uses a fixed amount of memory. Not thread-safe.
 */
public final class Latencies {

    private static final int PRECISION_BITS = 6;
    private static final int STEPS = 1 << PRECISION_BITS;

    private final long[] counts = new long[(Long.SIZE - PRECISION_BITS) * STEPS];
    private long total;

    /** No times yet. */
    public Latencies() {}

    /** Adds a time. */
    public void add(long nanos) {
        counts[index(Math.max(nanos, 0))]++;
        total++;
    }

    /** Returns how many times were added. */
    public long count() {
        return total;
    }

    /**
     * Returns the time that the given share of all times does not exceed.
     *
     * @param share 0 to 1
     * @return the quantile, zero if there are no times
     */
    public Duration quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Duration.ofNanos(middle(i));
            }
        }
        return Duration.ZERO;
    }

    /**
     * Returns the bucket of a time. Below {@link #STEPS}, each number has its own bucket; above, only the highest
     * {@value #PRECISION_BITS} bits determine the bucket.
     */
    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - PRECISION_BITS);
        return shift * STEPS + (int) (nanos >>> shift);
    }

    private static long middle(int index) {
        int shift = index / STEPS;
        long lowest = (long) (index % STEPS) << shift;
        return lowest + ((1L << shift) >> 1);
    }
}
