package io.a2al.core.bounds;

/**
 * How much of a limit is used. Immutable; thread-safe.
 *
 * @param used how much there is
 * @param limit how much there can be
 */
public record Occupancy(int used, int limit) {

    /** Returns true if there is no room for more. */
    public boolean isFull() {
        return used >= limit;
    }

    /** Returns text such as {@code 12 of 100}. */
    @Override
    public String toString() {
        return used + " of " + limit;
    }
}
