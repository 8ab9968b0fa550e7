package io.a2al.protocol.mailbox;

/**
 * Thrown when a mailbox record cannot be opened, or a note cannot be sealed. It has no stack trace, because any sender
 * can cause it as often as it likes. It never contains any part of a secret.
 */
public final class InvalidMailException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** The message names the field that is wrong. */
    public InvalidMailException(String message) {
        super(message, null, false, false);
        this.problem = message;
    }

    /** Returns what is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }
}
