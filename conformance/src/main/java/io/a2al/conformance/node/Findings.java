package io.a2al.conformance.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the results of one run. Not thread-safe. */
final class Findings {

    private final List<CheckResult> results = new ArrayList<>();
    private final Consumer<CheckResult> listener;
    private String group = "";

    /** Tells each result as soon as there is one. */
    Findings(Consumer<CheckResult> listener) {
        this.listener = listener;
    }

    /** What follows belongs to this group. */
    void begin(CheckGroup next) {
        group = next.name();
    }

    /** Notes what was seen. */
    void add(String check, String expected, Seen seen) {
        CheckResult result = new CheckResult(group, check, expected, seen.text(), seen.verdict());
        results.add(result);
        listener.accept(result);
    }

    List<CheckResult> results() {
        return results;
    }
}
