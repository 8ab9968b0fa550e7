package io.a2al.protocol.delegation;

/**
 * Thrown when bytes are no delegation proof, or a signature does not make one. It carries no stack trace, because
 * strangers cause it at will.
 */
public final class InvalidDelegationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Names the offending field. */
    public InvalidDelegationException(String message) {
        super(message, null, false, false);
        this.problem = message;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }
}
