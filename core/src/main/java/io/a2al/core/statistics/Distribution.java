package io.a2al.core.statistics;

import java.util.List;

/**
 * How many values were in each of some ranges. Immutable; thread-safe.
 *
 * @param bounds the highest value of each range but the last, which has none; ascending
 * @param counts the values in each range, one more than there are bounds
 * @param sum of all values
 */
public record Distribution(List<Long> bounds, List<Long> counts, long sum) {

    /** Copies the lists. */
    public Distribution {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(
                    counts.size() + " counts for " + bounds.size() + " bounds; there must be one more");
        }
    }

    /** Returns the number of all values. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
