package io.a2al.sim.work;

import java.time.Duration;

/**
 * One node that publishes for many agents, as the host of a platform does. Immutable; thread-safe.
 *
 * @param publications number of its publications, each of its own agent; 0 for no such node
 * @param absence how long the node is switched off in the middle of the measured time; zero if it stays
 */
public record HostLoad(int publications, Duration absence) {

    /** No such node. */
    public static final HostLoad NONE = new HostLoad(0, Duration.ZERO);

    private static final int MAX_PUBLICATIONS = 1_000_000;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public HostLoad {
        if (publications < 0 || publications > MAX_PUBLICATIONS) {
            throw new IllegalArgumentException(
                    "publications of the host: " + publications + "; must be 0 to " + MAX_PUBLICATIONS);
        }
        if (absence.isNegative()) {
            throw new IllegalArgumentException(
                    "absence of the host: " + absence.toMillis() + " ms; must not be negative");
        }
    }

    /** Returns this load with another number of publications. */
    public HostLoad withPublications(int other) {
        return new HostLoad(other, absence);
    }

    /** Returns this load with another absence. */
    public HostLoad withAbsence(Duration other) {
        return new HostLoad(publications, other);
    }
}
