package io.a2al.core.guard;

import io.a2al.core.bounds.KeyedHash;
import java.util.Arrays;

/**
 * Limits the rates of any number of sources in a fixed amount of memory: two rows of token buckets, in each of which a
 * source has one at an index that only this node can compute. A source passes if either of its buckets has a token. So
 * nothing is ever evicted, whatever sources are invented; a source never gets more than its rate; and it gets less only
 * if other sources empty both of its buckets, for which they would have to empty a good part of all buckets.
 *
 * <p>A bucket is the time at which it would be full again, as in the generic cell rate algorithm (ITU-T I.371). Times
 * in nanoseconds. Not thread-safe.
 */
final class RateSketch {

    private final long interval;
    private final long tolerance;
    private final int mask;
    private final long seed;
    private final long[] first;
    private final long[] second;

    /**
     * Creates full buckets.
     *
     * @param cells buckets per row, a power of two
     * @param seed determines which buckets a source has; unpredictable in production
     */
    RateSketch(Rate rate, int cells, long seed, long now) {
        if (Integer.bitCount(cells) != 1) {
            throw new IllegalArgumentException("the number of buckets must be a power of two, not " + cells);
        }
        this.interval = rate.nanosBetween();
        this.tolerance = interval * (rate.burst() - 1);
        this.mask = cells - 1;
        this.seed = seed;
        this.first = new long[cells];
        this.second = new long[cells];
        Arrays.fill(first, now);
        Arrays.fill(second, now);
    }

    /** Returns true if this source has a token left. */
    boolean mayTake(long source, long now) {
        return fullAt(source) - now <= tolerance;
    }

    /** Returns true if this source has a token and so many others left. */
    boolean mayTakeLeaving(int others, long source, long now) {
        return fullAt(source) - now <= tolerance - others * interval;
    }

    /** Takes a token, whether or not there is one. */
    void take(long source, long now) {
        long fullAt = fullAt(source);
        long later = (fullAt - now > 0 ? fullAt : now) + interval;
        // A bucket that other sources have emptied further stays as it is.
        raise(first, place(source, seed), later);
        raise(second, place(source, ~seed), later);
    }

    /** Takes a token and returns true if there is one. */
    boolean tryTake(long source, long now) {
        boolean may = mayTake(source, now);
        if (may) {
            take(source, now);
        }
        return may;
    }

    private long fullAt(long source) {
        long a = first[place(source, seed)];
        long b = second[place(source, ~seed)];
        return a - b < 0 ? a : b;
    }

    private static void raise(long[] row, int place, long later) {
        if (row[place] - later < 0) {
            row[place] = later;
        }
    }

    private int place(long source, long rowSeed) {
        return (int) KeyedHash.of(source, rowSeed) & mask;
    }
}
