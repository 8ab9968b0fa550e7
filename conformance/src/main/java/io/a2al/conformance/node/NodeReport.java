package io.a2al.conformance.node;

import java.util.List;

/**
 * What came of the suite. Immutable.
 *
 * @param answered false if nothing came back at all; then nothing else was tried
 * @param results in the order of the checks
 */
public record NodeReport(boolean answered, List<CheckResult> results) {

    /** Copies the list. */
    public NodeReport {
        results = List.copyOf(results);
    }

    /** True if the node answers and no check failed. */
    public boolean isGood() {
        return answered && count(Verdict.FAIL) == 0;
    }

    /** How many checks came out like this. */
    public int count(Verdict verdict) {
        return (int)
                results.stream().filter(result -> result.verdict() == verdict).count();
    }
}
