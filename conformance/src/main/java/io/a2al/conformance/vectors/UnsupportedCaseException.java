package io.a2al.conformance.vectors;

/** Thrown if a case has a part that this runner does not support. */
final class UnsupportedCaseException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedCaseException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
