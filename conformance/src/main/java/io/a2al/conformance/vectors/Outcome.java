package io.a2al.conformance.vectors;

/** The outcome of a case. Immutable, with value equality; thread-safe. */
public sealed interface Outcome {

    /** Returns true unless the case failed or was skipped. */
    default boolean isPassed() {
        return !(this instanceof Failed) && !(this instanceof Skipped);
    }

    /** All values are as the vectors say. */
    record Passed() implements Outcome {}

    /**
     * The vectors leave the verdict to the implementation ({@code may_reject}, {@code may_accept}).
     *
     * @param accepted the verdict of this implementation
     */
    record Open(boolean accepted) implements Outcome {}

    /**
     * The answer deliberately differs from that of the vectors.
     *
     * @param reason the reason for the deviation
     */
    record Differs(String reason) implements Outcome {}

    /**
     * A value is not the expected one. The rest of the case was not checked.
     *
     * @param what name of the value
     */
    record Failed(String what, String expected, String actual) implements Outcome {}

    /**
     * The case was not run.
     *
     * @param reason the part of the case that this runner does not support
     */
    record Skipped(String reason) implements Outcome {}
}
