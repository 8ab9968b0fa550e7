package io.a2al.sim.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of consecutive seeds. Immutable; thread-safe.
 *
 * @param first lowest seed, not negative
 * @param last highest seed; the range has at most {@value #MAX_LENGTH} seeds
 */
public record SeedRange(long first, long last) {

    /** Maximum number of seeds; a search of more would not end in reasonable time. */
    public static final long MAX_LENGTH = 1_000_000_000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if the range is empty, has negative seeds, or is too long
     */
    public SeedRange {
        if (first < 0 || last < first || last - first >= MAX_LENGTH) {
            throw new IllegalArgumentException("seeds: " + first + ".." + last
                    + "; the first must be 0 to the last, with at most " + MAX_LENGTH + " seeds in all");
        }
    }

    /**
     * Parses a range such as {@code 1..100}.
     *
     * @throws IllegalArgumentException if {@code text} has another form, or the range is invalid
     */
    public static SeedRange parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("seeds: \"" + text + "\"; write the first and the last, such as 1..100");
        }
        return new SeedRange(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /**
     * Returns one of several parts of about equal length, which together have each seed once.
     *
     * @param number of the part, from 1
     * @param parts how many there are, at most as many as seeds
     * @throws IllegalArgumentException if there is no such part
     */
    public SeedRange part(int number, int parts) {
        if (number < 1 || number > parts || parts > length()) {
            throw new IllegalArgumentException("shard: " + number + "/" + parts + " of " + length()
                    + " seeds; write I/N, with I from 1 to N and N at most the number of seeds");
        }
        return new SeedRange(first + length() * (number - 1) / parts, first + length() * number / parts - 1);
    }

    /** Returns the number of seeds. */
    public long length() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
