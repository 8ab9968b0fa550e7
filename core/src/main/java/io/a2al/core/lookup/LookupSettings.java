package io.a2al.core.lookup;

/**
 * How a lookup proceeds. Immutable; thread-safe.
 *
 * @param concurrency requests under way that may still be answered soon (α)
 * @param patienceNanos after this long without an answer a request no longer occupies one of the α places
 * @param width how many nearest nodes must have answered (K)
 * @param maxCandidates contacts remembered; the farthest are forgotten
 */
public record LookupSettings(int concurrency, long patienceNanos, int width, int maxCandidates) {

    /** Checks that everything is positive. */
    public LookupSettings {
        if (concurrency < 1 || patienceNanos < 1 || width < 1 || maxCandidates < width) {
            throw new IllegalArgumentException("lookup settings out of range: concurrency " + concurrency
                    + ", patience " + patienceNanos + " ns, width " + width + ", candidates " + maxCandidates);
        }
    }
}
