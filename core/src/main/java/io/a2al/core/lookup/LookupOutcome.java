package io.a2al.core.lookup;

/** How a lookup ended, as statistics tell it apart. */
public enum LookupOutcome {
    /** It found records, or nodes if it was for nodes. */
    FOUND,
    /** It went through and found none. */
    NOT_FOUND,
    /** Its deadline, or an outage, ended it before it was through, perhaps with a result. */
    INCOMPLETE
}
