package io.a2al.conformance.vectors;

/** What came of a case. Immutable, with value equality; thread-safe. */
public sealed interface Outcome {

    /** True unless the case failed or did not run. */
    default boolean isPassed() {
        return !(this instanceof Failed) && !(this instanceof Skipped);
    }

    /** Everything is as the vectors say. */
    record Passed() implements Outcome {}

    /**
     * The vectors leave the verdict open ({@code may_reject}, {@code may_accept}); this one is ours.
     *
     * @param accepted our verdict
     */
    record Open(boolean accepted) implements Outcome {}

    /**
     * The answer is not the vectors', and that was decided.
     *
     * @param reason why
     */
    record Differs(String reason) implements Outcome {}

    /**
     * A value is not the expected one; the check of the case ended there.
     *
     * @param what which value
     */
    record Failed(String what, String expected, String actual) implements Outcome {}

    /**
     * The case did not run.
     *
     * @param reason what of it this runner does not know
     */
    record Skipped(String reason) implements Outcome {}
}
