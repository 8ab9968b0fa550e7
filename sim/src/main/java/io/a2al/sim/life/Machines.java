package io.a2al.sim.life;

import java.time.Duration;

/**
 * What is wrong with machines. Immutable; thread-safe.
 *
 * @param skew wall clocks are wrong by up to this, ahead or behind
 * @param driftPpm clocks gain or lose up to this, in parts per million
 * @param sleepers share of machines that sleep now and then, as laptops do: for half an hour after an hour, on average
 * @param slow share of machines that are slow, so that everything reaches them 300 ms later
 */
public record Machines(Duration skew, int driftPpm, double sleepers, double slow) {

    /** Nothing. */
    public static final Machines GOOD = new Machines(Duration.ZERO, 0, 0, 0);

    private static final int MAX_DRIFT = 10_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public Machines {
        LifeSettings.checkShare("share of sleepers", sleepers);
        LifeSettings.checkShare("share of slow machines", slow);
        if (skew.isNegative() || driftPpm < 0 || driftPpm > MAX_DRIFT) {
            throw new IllegalArgumentException(
                    "the skew must not be negative, and the drift must be 0 to " + MAX_DRIFT + " ppm");
        }
    }

    /** The same with another skew. */
    public Machines withSkew(Duration other) {
        return new Machines(other, driftPpm, sleepers, slow);
    }

    /** The same with another drift. */
    public Machines withDrift(int other) {
        return new Machines(skew, other, sleepers, slow);
    }

    /** The same with another share of sleepers. */
    public Machines withSleepers(double other) {
        return new Machines(skew, driftPpm, other, slow);
    }

    /** The same with another share of slow machines. */
    public Machines withSlow(double other) {
        return new Machines(skew, driftPpm, sleepers, other);
    }
}
