package io.a2al.sim.result;

/** What came of looking for a record. */
public enum Verdict {
    /** The newest record that was published before, or a newer one, was found. */
    RIGHT,
    /** A record was found, but a newer one had been published before. */
    STALE,
    /** Nothing was found. */
    MISSING,
    /** A record was found that its agent never published. */
    FORGED
}
