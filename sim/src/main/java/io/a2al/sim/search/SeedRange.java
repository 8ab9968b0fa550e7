package io.a2al.sim.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Consecutive seeds. Immutable; thread-safe.
 *
 * @param first the lowest
 * @param last the highest, at most {@value #MAX_LENGTH} seeds in all
 */
public record SeedRange(long first, long last) {

    /** More would not come to an end. */
    public static final long MAX_LENGTH = 1_000_000_000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if there is no seed in the range, or there are too many
     */
    public SeedRange {
        if (first < 0 || last < first || last - first >= MAX_LENGTH) {
            throw new IllegalArgumentException("seeds " + first + ".." + last
                    + ": the first must not be negative nor above the last, and there may be " + MAX_LENGTH);
        }
    }

    /**
     * Reads a range such as {@code 1..100}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SeedRange parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("seeds \"" + text + "\": write the first and the last, such as 1..100");
        }
        return new SeedRange(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** How many. */
    public long length() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
