package io.a2al.sim.result;

/**
 * The results of topics, listeners and mailbox notes. Immutable; thread-safe.
 *
 * @param discovers number of lookups for the members of a topic
 * @param members members that these lookups should have found, and those that they found
 * @param heard members of which listeners should have heard, each counted once, and those of which they heard
 * @param notes notes that the network confirmed to store and a recipient looked for, and those that it found
 */
public record CrowdSummary(int discovers, Tally members, Tally heard, Tally notes) {

    /**
     * A pair of counts. Immutable; thread-safe.
     *
     * @param expected number of items that should have been found
     * @param found number of items found
     */
    public record Tally(long expected, long found) {}
}
