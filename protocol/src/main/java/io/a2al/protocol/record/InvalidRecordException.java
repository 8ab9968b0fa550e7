package io.a2al.protocol.record;

/**
 * Thrown when a record breaks a rule that does not depend on the time (wire.md 10 and 11). It has no stack trace,
 * because any sender can cause it as often as it likes.
 */
public final class InvalidRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The kind of rule that a record breaks. */
    public enum Reason {
        /** The signature is not valid for the signed fields and the record's key. */
        SIGNATURE,
        /** The payload breaks a rule of the record's type. */
        PAYLOAD
    }

    private final String problem;
    private final Reason reason;

    /** The message names the rule and the invalid value. */
    public InvalidRecordException(Reason reason, String message) {
        super(message, null, false, false);
        this.problem = message;
        this.reason = reason;
    }

    /** Returns what is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** Returns the kind of rule that the record breaks. */
    public Reason reason() {
        return reason;
    }
}
