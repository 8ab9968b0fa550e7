package io.a2al.sim.work;

/**
 * Topics and notes. Immutable; thread-safe.
 *
 * @param topics how many topics there are, each with a listener
 * @param members how many agents have an entry under each
 * @param notesPerMinute how many notes are sent in the whole network, on average; each is read 10 seconds later
 */
public record CrowdSettings(int topics, int members, double notesPerMinute) {

    /** None of all this. */
    public static final CrowdSettings NONE = new CrowdSettings(0, 20, 0);

    private static final int MAX = 10_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public CrowdSettings {
        if (topics < 0 || topics > MAX || members < 1 || members > MAX) {
            throw new IllegalArgumentException(
                    topics + " topics of " + members + " members; there may be up to " + MAX + " of each");
        }
        if (!(notesPerMinute >= 0 && notesPerMinute <= MAX)) {
            throw new IllegalArgumentException(notesPerMinute + " notes a minute; it must be 0 to " + MAX);
        }
    }
}
