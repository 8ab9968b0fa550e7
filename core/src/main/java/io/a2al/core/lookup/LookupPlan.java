package io.a2al.core.lookup;

import io.a2al.core.guard.SubnetShare;

/**
 * How a lookup proceeds. Immutable; thread-safe.
 *
 * @param concurrency requests under way that may still be answered soon (α), on all paths together
 * @param holderConcurrency the same once a holder was heard and more are wanted; at least {@code concurrency}
 * @param patienceNanos after this long without an answer a request no longer occupies one of the α places
 * @param staggerNanos at least this long between two requests of a path, unless an answer or a failure comes; 0 for no
 *     such pause
 * @param width how many nearest nodes must have answered (K)
 * @param maxCandidates contacts remembered per path; the farthest are forgotten
 * @param paths disjoint paths (d); on each, one request at least may be under way
 * @param subnets how many of the nearest nodes may be in one network, as long as there are others
 */
public record LookupSettings(
        int concurrency,
        int holderConcurrency,
        long patienceNanos,
        long staggerNanos,
        int width,
        int maxCandidates,
        int paths,
        SubnetShare subnets) {

    /** Checks the ranges. */
    public LookupSettings {
        if (concurrency < 1
                || holderConcurrency < concurrency
                || patienceNanos < 1
                || staggerNanos < 0
                || width < 1
                || maxCandidates < width
                || paths < 1) {
            throw new IllegalArgumentException("lookup settings out of range: concurrency " + concurrency
                    + ", among holders " + holderConcurrency + ", patience " + patienceNanos + " ns, stagger "
                    + staggerNanos + " ns, width " + width
                    + ", candidates " + maxCandidates + ", paths " + paths);
        }
    }
}
