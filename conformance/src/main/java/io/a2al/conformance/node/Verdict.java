package io.a2al.conformance.node;

/** The verdict of a check on a node. */
public enum Verdict {
    /** The node behaves as expected. */
    PASS,
    /** The node shows a known defect of deployed implementations, which other nodes must tolerate. */
    DIFFERS,
    /** The node behaves otherwise. */
    FAIL,
    /** The check did not run, because it would show nothing about this node, or takes too long. */
    SKIPPED
}
