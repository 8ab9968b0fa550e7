package io.a2al.conformance.vectors;

/** Ends the check of a case that asks for something this runner does not know. */
final class UnsupportedCaseException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedCaseException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
