package io.a2al.conformance.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs golden vectors against this implementation. Bundled resources say which verdict this implementation gives where
 * the vectors leave it open, and where it deliberately differs. Stateless and thread-safe.
 */
public final class VectorRunner {

    private VectorRunner() {}

    /** Runs all files of a suite. A malformed or unknown file does not prevent the others from being run. */
    public static SuiteResult run(VectorSuite suite) {
        List<FileResult> results = new ArrayList<>();
        List<MalformedVectorException> malformed = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (VectorSource source : suite.sources()) {
            Optional<VectorKind> kind = VectorKind.of(source.name());
            if (kind.isEmpty()) {
                unknown.add(source.name());
                continue;
            }
            try {
                results.add(run(kind.get(), VectorFile.read(source)));
            } catch (MalformedVectorException e) {
                malformed.add(e);
            }
        }
        return new SuiteResult(results, malformed, unknown);
    }

    static FileResult run(VectorKind kind, VectorFile file) throws MalformedVectorException {
        FileCheck check = kind.check(file);
        List<CaseResult> results = new ArrayList<>();
        for (Fields vector : file.cases()) {
            results.add(new CaseResult(vector.caseName(), outcome(check, vector)));
        }
        return new FileResult(file.name(), results);
    }

    private static Outcome outcome(FileCheck check, Fields vector) throws MalformedVectorException {
        try {
            return check.check(vector);
        } catch (MismatchException e) {
            return e.failure();
        } catch (UnsupportedCaseException e) {
            return new Outcome.Skipped(e.reason());
        } catch (RuntimeException e) {
            // Either this implementation rejects a value of the case, or it has a bug. Both are a failure of the case
            // and must not end the run.
            return new Outcome.Failed("result", "an answer", e.toString());
        }
    }
}
