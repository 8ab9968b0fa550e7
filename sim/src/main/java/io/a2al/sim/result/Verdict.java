package io.a2al.sim.result;

/** The correctness of a lookup's result. The names are part of the trace hash, so they never change. */
public enum Verdict {
    /** The lookup found the newest version that was stored when it began, or a newer one. */
    RIGHT,
    /** The lookup found an older version than the newest one that was stored when it began. */
    STALE,
    /** The lookup found no version. */
    MISSING,
    /** The lookup found a record that its agent never signed. */
    FORGED
}
