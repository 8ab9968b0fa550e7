package io.a2al.conformance.vectors;

import java.util.List;

/**
 * What came of a suite. Immutable; thread-safe.
 *
 * @param files files that ran, by name
 * @param malformed what is wrong with files that are no vectors, or not well-formed ones
 * @param unknown names of JSON files that no check is known for
 */
public record SuiteResult(List<FileResult> files, List<MalformedVectorException> malformed, List<String> unknown) {

    /** Copies the lists. */
    public SuiteResult {
        files = List.copyOf(files);
        malformed = List.copyOf(malformed);
        unknown = List.copyOf(unknown);
    }

    /** True if at least one case ran, and nothing failed or was malformed. */
    public boolean isGood() {
        return malformed.isEmpty()
                && files.stream().allMatch(file -> file.failed() == 0)
                && files.stream().anyMatch(file -> file.passed() > 0);
    }
}
