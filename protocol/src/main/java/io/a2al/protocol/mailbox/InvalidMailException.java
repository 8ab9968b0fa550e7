package io.a2al.protocol.mailbox;

/**
 * Thrown when a mailbox record cannot be opened, or a note cannot be sealed. It carries no stack trace, because
 * strangers cause it at will, and never any part of a secret.
 */
public final class InvalidMailException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Names the offending field. */
    public InvalidMailException(String message) {
        super(message, null, false, false);
        this.problem = message;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }
}
