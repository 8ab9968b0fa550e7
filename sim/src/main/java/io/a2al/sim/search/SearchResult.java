package io.a2al.sim.search;

import java.util.List;

/**
 * The result of a search. Immutable; thread-safe.
 *
 * @param seeds the seeds searched
 * @param runs number of runs completed
 * @param failures runs that failed, in the order of their seeds
 * @param shrunk for each check that failed, its failure with the lowest seed, made smaller
 * @param isStopped true if the search was stopped early
 */
public record SearchResult(SeedRange seeds, long runs, List<Failure> failures, List<Shrunk> shrunk, boolean isStopped) {

    /** Copies the lists. */
    public SearchResult {
        failures = List.copyOf(failures);
        shrunk = List.copyOf(shrunk);
    }

    /** Returns true if no run failed. */
    public boolean isGood() {
        return failures.isEmpty();
    }
}
