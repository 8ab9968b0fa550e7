package io.a2al.sim.life;

import java.time.Duration;

/**
 * Defects of machines. Immutable; thread-safe.
 *
 * @param skew maximum error of wall clocks, ahead or behind; must not be negative
 * @param driftPpm maximum rate error of clocks, fast or slow, in parts per million, 0 to 10,000
 * @param sleepers share of machines that sleep repeatedly, as laptops do: on average for half an hour after each hour
 * @param slow share of machines to which every datagram takes 300 ms longer
 */
public record Machines(Duration skew, int driftPpm, double sleepers, double slow) {

    /** No defects. */
    public static final Machines GOOD = new Machines(Duration.ZERO, 0, 0, 0);

    private static final int MAX_DRIFT = 10_000;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Machines {
        Ranges.checkShare("share of sleepers", sleepers);
        Ranges.checkShare("share of slow machines", slow);
        Ranges.checkNotNegative("skew", skew);
        if (driftPpm < 0 || driftPpm > MAX_DRIFT) {
            throw new IllegalArgumentException("drift: " + driftPpm + " ppm; must be 0 to " + MAX_DRIFT + " ppm");
        }
    }

    /** Returns these machines with another maximum error of wall clocks. */
    public Machines withSkew(Duration other) {
        return new Machines(other, driftPpm, sleepers, slow);
    }

    /** Returns these machines with another maximum drift. */
    public Machines withDrift(int other) {
        return new Machines(skew, other, sleepers, slow);
    }

    /** Returns these machines with another share of machines that sleep. */
    public Machines withSleepers(double other) {
        return new Machines(skew, driftPpm, other, slow);
    }

    /** Returns these machines with another share of slow machines. */
    public Machines withSlow(double other) {
        return new Machines(skew, driftPpm, sleepers, other);
    }
}
