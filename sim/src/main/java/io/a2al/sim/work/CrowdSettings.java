package io.a2al.sim.work;

/**
 * Settings of topics and mailbox notes. Immutable; thread-safe.
 *
 * @param topics number of topics, each with a listener, 0 to 10,000
 * @param members number of entries under each topic, 1 to 10,000
 * @param notesPerMinute mean number of notes sent per minute in the whole network; each is read 10 seconds after it was
 *     stored
 */
public record CrowdSettings(int topics, int members, double notesPerMinute) {

    /** No topics and no notes. */
    public static final CrowdSettings NONE = new CrowdSettings(0, 20, 0);

    private static final int MAX = 10_000;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public CrowdSettings {
        if (topics < 0 || topics > MAX) {
            throw new IllegalArgumentException("topics: " + topics + "; must be 0 to " + MAX);
        }
        if (members < 1 || members > MAX) {
            throw new IllegalArgumentException("members: " + members + "; must be 1 to " + MAX);
        }
        if (!(notesPerMinute >= 0 && notesPerMinute <= MAX)) {
            throw new IllegalArgumentException("notes per minute: " + notesPerMinute + "; must be 0 to " + MAX);
        }
    }
}
