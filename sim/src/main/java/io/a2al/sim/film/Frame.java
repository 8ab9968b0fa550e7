package io.a2al.sim.film;

import java.util.List;

/**
 * What happened within a short part of a run. Immutable; thread-safe.
 *
 * @param at virtual time of its end, in seconds since the beginning of the run
 * @param changes participants whose condition is another one than in the frame before
 * @param right lookups that ended with the right result
 * @param wrong lookups that ended otherwise
 * @param datagrams datagrams sent
 * @param lost datagrams that did not arrive
 * @param lookups the first lookups that ended, at most {@value FilmMaker#MAX_LOOKUPS}
 * @param faults what the fault plan did, in words
 */
public record Frame(
        double at,
        List<Change> changes,
        int right,
        int wrong,
        long datagrams,
        long lost,
        List<Lookup> lookups,
        List<String> faults) {

    /** Copies the lists. */
    public Frame {
        changes = List.copyOf(changes);
        lookups = List.copyOf(lookups);
        faults = List.copyOf(faults);
    }

    /** The condition of a participant. The order is part of the format; new ones come last. */
    public enum Condition {
        /** Switched off. */
        OFF,
        /** Up, in the first half of a network that is split, or in one that is not. */
        UP,
        /** Up, in the second half of a network that is split. */
        UP_IN_SECOND_HALF,
        /** Its machine sleeps. */
        ASLEEP,
        /** Up, and an attacker. */
        HOSTILE
    }

    /**
     * A participant has another condition.
     *
     * @param participant its number
     * @param id the first 32 bits of its NodeID, unsigned, as it may have another identity than before
     */
    public record Change(int participant, long id, Condition condition) {}

    /**
     * A lookup that ended.
     *
     * @param asker number of the participant that made it
     * @param key the first 32 bits of the key, unsigned
     * @param right whether the result was right
     * @param milliseconds virtual time until the result
     */
    public record Lookup(int asker, long key, boolean right, double milliseconds) {}
}
