package io.a2al.sim.life;

import java.time.Duration;

/**
 * Settings of how participants join, leave and fail. Immutable; thread-safe.
 *
 * @param joining time within which all participants start, each at a random time
 * @param churn how participants leave and return
 * @param machines defects of machines
 * @param faults faults that affect many participants at once
 * @param settling time without faults after the measured time, after which every record must be found again; 0 to end
 *     the run without it
 */
public record LifeSettings(Duration joining, Churn churn, Machines machines, MassFaults faults, Duration settling) {

    /** All participants join within a minute and stay; there are no faults. */
    public static final LifeSettings CALM =
            new LifeSettings(Duration.ofMinutes(1), Churn.NONE, Machines.GOOD, MassFaults.NONE, Duration.ZERO);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public LifeSettings {
        Ranges.checkNotNegative("joining", joining);
        Ranges.checkNotNegative("settling", settling);
    }

    /** Returns these settings with another time for joining. */
    public LifeSettings withJoining(Duration other) {
        return new LifeSettings(other, churn, machines, faults, settling);
    }

    /** Returns these settings with another churn. */
    public LifeSettings withChurn(Churn other) {
        return new LifeSettings(joining, other, machines, faults, settling);
    }

    /** Returns these settings with other machines. */
    public LifeSettings withMachines(Machines other) {
        return new LifeSettings(joining, churn, other, faults, settling);
    }

    /** Returns these settings with another share of nodes that die. */
    public LifeSettings withDead(double other) {
        return new LifeSettings(joining, churn, machines, faults.withDead(other), settling);
    }

    /** Returns these settings with another length of the partition. */
    public LifeSettings withPartition(Duration other) {
        return new LifeSettings(joining, churn, machines, faults.withPartition(other), settling);
    }

    /** Returns these settings with another time to settle. */
    public LifeSettings withSettling(Duration other) {
        return new LifeSettings(joining, churn, machines, faults, other);
    }
}
