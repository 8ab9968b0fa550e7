package io.a2al.core.api;

/** Whether a datagram is worth checking its signature. */
public enum Admission {
    /** It is. */
    ADMITTED,
    /** A response that nobody waits for, or from elsewhere than asked. */
    UNSOLICITED,
    /** Nothing can be answered there: port 0, a group, a reserved address. */
    UNREACHABLE_SOURCE,
    /** It claims to come from ourselves. */
    OWN_IDENTITY,
    /** Its source address asks too often. */
    SOURCE_RATE,
    /** The network around its source asks too often. */
    PREFIX_RATE,
    /** All sources together, or all strangers together, ask too often. */
    TOTAL_RATE
}
