package io.a2al.conformance.node;

import java.util.List;

/**
 * The results of the suite for one node. Immutable.
 *
 * @param answered false if no datagram came back from the node; then no check has run
 * @param results results in the order of the checks
 */
public record NodeReport(boolean answered, List<CheckResult> results) {

    /** Copies the list. */
    public NodeReport {
        results = List.copyOf(results);
    }

    /** Returns true if the node answered and no check failed. */
    public boolean isGood() {
        return answered && count(Verdict.FAIL) == 0;
    }

    /** Returns the number of checks with the given verdict. */
    public int count(Verdict verdict) {
        return (int)
                results.stream().filter(result -> result.verdict() == verdict).count();
    }
}
