package io.a2al.sim.life;

import java.time.Duration;

/**
 * How participants live. Immutable; thread-safe.
 *
 * @param joining over which time they are switched on, at random times
 * @param dead how many of them, 0 to less than 1, are switched off for good when lookups begin
 */
public record LifeSettings(Duration joining, double dead) {

    /** Everybody joins within a minute and stays. */
    public static final LifeSettings CALM = new LifeSettings(Duration.ofMinutes(1), 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public LifeSettings {
        if (!(dead >= 0 && dead < 1)) {
            throw new IllegalArgumentException("the share of dead nodes is " + dead + "; it must be 0 to less than 1");
        }
        if (joining.isNegative()) {
            throw new IllegalArgumentException("the time for joining is negative");
        }
    }

    /** The same with another time for joining. */
    public LifeSettings withJoining(Duration other) {
        return new LifeSettings(other, dead);
    }

    /** The same with another share of nodes that die. */
    public LifeSettings withDead(double other) {
        return new LifeSettings(joining, other);
    }
}
