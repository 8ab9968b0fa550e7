package io.a2al.core.bounds;

/**
 * How full something is that has a limit. Immutable; thread-safe.
 *
 * @param used how much there is
 * @param limit how much there can be
 */
public record Occupancy(int used, int limit) {

    /** {@code 12 of 100}. */
    @Override
    public String toString() {
        return used + " of " + limit;
    }
}
