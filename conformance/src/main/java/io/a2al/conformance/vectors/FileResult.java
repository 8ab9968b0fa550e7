package io.a2al.conformance.vectors;

import java.util.List;

/**
 * What came of the cases of a file, in the file's order. Immutable, with value equality; thread-safe.
 *
 * @param file the file's name
 */
public record FileResult(String file, List<CaseResult> cases) {

    /** Copies the list. */
    public FileResult {
        cases = List.copyOf(cases);
    }

    /** Cases that passed, those left open and those that differ as decided among them. */
    public int passed() {
        return (int) cases.stream().filter(one -> one.outcome().isPassed()).count();
    }

    /** Cases that failed. */
    public int failed() {
        return with(Outcome.Failed.class).size();
    }

    /** Cases that did not run. */
    public int skipped() {
        return with(Outcome.Skipped.class).size();
    }

    /** The cases that something of this kind came of. */
    public List<CaseResult> with(Class<? extends Outcome> kind) {
        return cases.stream().filter(one -> kind.isInstance(one.outcome())).toList();
    }
}
