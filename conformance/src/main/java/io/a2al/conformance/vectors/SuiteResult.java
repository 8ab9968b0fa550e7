package io.a2al.conformance.vectors;

import java.util.List;

/**
 * The results of a suite. Immutable; thread-safe.
 *
 * @param files results of the files that were run, in the order of the suite
 * @param malformed one exception for each file that is not a well-formed file of vectors
 * @param unknown names of JSON files for which there is no check
 */
public record SuiteResult(List<FileResult> files, List<MalformedVectorException> malformed, List<String> unknown) {

    /** Copies the lists. */
    public SuiteResult {
        files = List.copyOf(files);
        malformed = List.copyOf(malformed);
        unknown = List.copyOf(unknown);
    }

    /** Returns true if at least one case passed, no case failed and no file was malformed. */
    public boolean isGood() {
        return malformed.isEmpty()
                && files.stream().allMatch(file -> file.failed() == 0)
                && files.stream().anyMatch(file -> file.passed() > 0);
    }
}
