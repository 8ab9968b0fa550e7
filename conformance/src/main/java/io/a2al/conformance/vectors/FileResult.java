package io.a2al.conformance.vectors;

import java.util.List;

/**
 * The outcomes of all cases of a file. Immutable, with value equality; thread-safe.
 *
 * @param file name of the file
 * @param cases results in the order of the file
 */
public record FileResult(String file, List<CaseResult> cases) {

    /** Copies the list. */
    public FileResult {
        cases = List.copyOf(cases);
    }

    /** Returns the number of cases that passed, including open and deliberately differing ones. */
    public int passed() {
        return (int) cases.stream().filter(one -> one.outcome().isPassed()).count();
    }

    /** Returns the number of cases that failed. */
    public int failed() {
        return with(Outcome.Failed.class).size();
    }

    /** Returns the number of cases that were not run. */
    public int skipped() {
        return with(Outcome.Skipped.class).size();
    }

    /** Returns the cases with an outcome of the given kind, in the order of the file. */
    public List<CaseResult> with(Class<? extends Outcome> kind) {
        return cases.stream().filter(one -> kind.isInstance(one.outcome())).toList();
    }
}
