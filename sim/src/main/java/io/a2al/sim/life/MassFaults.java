package io.a2al.sim.life;

import java.time.Duration;

/**
 * Faults that affect many participants at once. Immutable; thread-safe.
 *
 * @param dead share of participants, 0 to less than 1, that are switched off for good when lookups begin
 * @param partition how long the network is split into two halves, beginning at a quarter of the measured time; 0 for no
 *     partition
 */
public record MassFaults(double dead, Duration partition) {

    /** No faults. */
    public static final MassFaults NONE = new MassFaults(0, Duration.ZERO);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public MassFaults {
        if (!(dead >= 0 && dead < 1)) {
            throw new IllegalArgumentException("share of dead nodes: " + dead + "; must be 0 to less than 1");
        }
        Ranges.checkNotNegative("partition", partition);
    }

    /** Returns these faults with another share of nodes that die. */
    public MassFaults withDead(double other) {
        return new MassFaults(other, partition);
    }

    /** Returns these faults with another length of the partition. */
    public MassFaults withPartition(Duration other) {
        return new MassFaults(dead, other);
    }
}
