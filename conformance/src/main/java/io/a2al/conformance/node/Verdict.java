package io.a2al.conformance.node;

/** What a check says about a node. */
public enum Verdict {
    /** It does what is expected. */
    PASS,
    /** It does what nodes of the older generations are known to do, which others have to live with. */
    DIFFERS,
    /** It does neither. */
    FAIL
}
