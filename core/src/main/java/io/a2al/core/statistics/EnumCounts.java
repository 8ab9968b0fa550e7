package io.a2al.core.statistics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One counter for each constant of an enum. An array by ordinal number, as an EnumMap would hold another boxed number
 * after each count. Not thread-safe.
 *
 * @param <E> what is told apart
 */
@SuppressWarnings("EnumOrdinal")
public final class EnumCounts<E extends Enum<E>> {

    private final Class<E> type;
    private final long[] counts;

    /** Counters at zero. */
    public EnumCounts(Class<E> type) {
        this.type = type;
        this.counts = new long[type.getEnumConstants().length];
    }

    /** Counts one. */
    public void count(E constant) {
        counts[constant.ordinal()]++;
    }

    /** Adds to a counter; {@code change} may be negative. */
    public void add(E constant, long change) {
        counts[constant.ordinal()] += change;
    }

    /** Returns the counter of a constant. */
    public long of(E constant) {
        return counts[constant.ordinal()];
    }

    /** Returns the sum of all counters. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Returns the counters as they are now, one entry for every constant. Immutable; thread-safe. */
    public Map<E, Long> snapshot() {
        Map<E, Long> snapshot = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            snapshot.put(constant, counts[constant.ordinal()]);
        }
        return Collections.unmodifiableMap(snapshot);
    }
}
