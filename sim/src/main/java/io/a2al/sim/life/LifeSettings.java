package io.a2al.sim.life;

import java.time.Duration;

/**
 * How participants live, and what happens to all of them. Immutable; thread-safe.
 *
 * @param joining over which time they are switched on, at random times
 * @param dead how many of them, 0 to less than 1, are switched off for good when lookups begin
 * @param churn who comes and goes
 * @param machines what is wrong with machines
 * @param partition for how long the network is cut into halves, from a quarter of the measured time on; 0 for never
 * @param settling how long things settle after the measured time, when nothing strikes any more, before everything must
 *     be right again
 */
public record LifeSettings(
        Duration joining, double dead, Churn churn, Machines machines, Duration partition, Duration settling) {

    /** Everybody joins within a minute and stays. */
    public static final LifeSettings CALM =
            new LifeSettings(Duration.ofMinutes(1), 0, Churn.NONE, Machines.GOOD, Duration.ZERO, Duration.ZERO);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public LifeSettings {
        checkShare("share of dead nodes", dead);
        if (dead == 1) {
            throw new IllegalArgumentException("the share of dead nodes is " + dead + "; it must be less than 1");
        }
        if (joining.isNegative() || partition.isNegative() || settling.isNegative()) {
            throw new IllegalArgumentException("times must not be negative");
        }
    }

    static void checkShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the " + what + " is " + share + "; it must be 0 to 1");
        }
    }

    /** The same with another time for joining. */
    public LifeSettings withJoining(Duration other) {
        return new LifeSettings(other, dead, churn, machines, partition, settling);
    }

    /** The same with another share of nodes that die. */
    public LifeSettings withDead(double other) {
        return new LifeSettings(joining, other, churn, machines, partition, settling);
    }

    /** The same with another churn. */
    public LifeSettings withChurn(Churn other) {
        return new LifeSettings(joining, dead, other, machines, partition, settling);
    }

    /** The same with other machines. */
    public LifeSettings withMachines(Machines other) {
        return new LifeSettings(joining, dead, churn, other, partition, settling);
    }

    /** The same with another partition. */
    public LifeSettings withPartition(Duration other) {
        return new LifeSettings(joining, dead, churn, machines, other, settling);
    }

    /** The same with another time to settle. */
    public LifeSettings withSettling(Duration other) {
        return new LifeSettings(joining, dead, churn, machines, partition, other);
    }
}
