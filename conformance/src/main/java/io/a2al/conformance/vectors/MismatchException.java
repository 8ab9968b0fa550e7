package io.a2al.conformance.vectors;

/** Thrown at the first value of a case that is not the expected one. */
final class MismatchException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Outcome.Failed failure;

    MismatchException(String what, String expected, String actual) {
        super(what + ": expected " + expected + ", not " + actual);
        this.failure = new Outcome.Failed(what, expected, actual);
    }

    Outcome.Failed failure() {
        return failure;
    }
}
