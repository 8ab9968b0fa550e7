package io.a2al.sim.search;

import java.util.List;

/**
 * What a search came to. Immutable; thread-safe.
 *
 * @param seeds where was looked
 * @param runs how many of them were run to an end
 * @param failures those that failed, by seed
 * @param shrunk for each check that failed, the lowest of its seeds made smaller
 * @param isStopped true if the search was stopped before its end
 */
public record SearchResult(SeedRange seeds, long runs, List<Failure> failures, List<Shrunk> shrunk, boolean isStopped) {

    /** Copies the lists. */
    public SearchResult {
        failures = List.copyOf(failures);
        shrunk = List.copyOf(shrunk);
    }

    /** True if no run failed. */
    public boolean isGood() {
        return failures.isEmpty();
    }
}
