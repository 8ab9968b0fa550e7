package io.a2al.sim.result;

import java.time.Duration;

/**
 * How lookups changed while the network went on: those that began in the first and in the last {@link #SPAN} of the
 * measured time. Immutable; thread-safe.
 *
 * @param first summary of the first lookups
 * @param last summary of the last lookups; of none if the run ended early
 */
public record LookupTrend(LookupSummary first, LookupSummary last) {

    /** Length of the time in which the first lookups begin, and of that in which the last ones do. */
    public static final Duration SPAN = Duration.ofMinutes(5);
}
