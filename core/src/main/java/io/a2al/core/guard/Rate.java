package io.a2al.core.guard;

/**
 * How often something may happen. Immutable; thread-safe.
 *
 * @param perSecond on average
 * @param burst at once, after a pause
 */
public record Rate(double perSecond, int burst) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Checks that both are positive. */
    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("a rate must be positive: " + perSecond + " per second, " + burst);
        }
    }

    /** The same rate for a share of it, 0 to 1. */
    public Rate share(double share) {
        return new Rate(perSecond * share, Math.max(1, (int) (burst * share)));
    }

    /** The same rate for so many. */
    Rate times(int factor) {
        return new Rate(perSecond * factor, burst * factor);
    }

    /** Time between two events that come evenly. */
    long nanosBetween() {
        return Math.max(1, (long) (NANOS_PER_SECOND / perSecond));
    }
}
