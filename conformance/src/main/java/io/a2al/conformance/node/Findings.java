package io.a2al.conformance.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The results of one run, collected check by check. Not thread-safe. */
final class Findings {

    private final List<CheckResult> results = new ArrayList<>();
    private final Consumer<CheckResult> listener;
    private String group = "";

    /**
     * Creates an empty collection.
     *
     * @param listener receives each result as soon as it is added
     */
    Findings(Consumer<CheckResult> listener) {
        this.listener = listener;
    }

    /** Sets the group to which the next results belong. */
    void beginGroup(CheckGroup next) {
        group = next.name();
    }

    /** Adds the result of a check. */
    void add(String check, String expected, Observation observation) {
        CheckResult result = new CheckResult(group, check, expected, observation.text(), observation.verdict());
        results.add(result);
        listener.accept(result);
    }

    /** Returns all results, in the order in which they were added. */
    List<CheckResult> results() {
        return results;
    }
}
