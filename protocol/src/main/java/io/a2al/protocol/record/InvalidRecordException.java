package io.a2al.protocol.record;

/**
 * Thrown when a record breaks a rule that holds at any time (wire.md 10 and 11). It carries no stack trace, because
 * strangers cause it at will.
 */
public final class InvalidRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Which kind of rule was broken. */
    public enum Reason {
        /** The signature is not one of the signed fields by the record's key. */
        SIGNATURE,
        /** The payload is not what the record's type demands. */
        PAYLOAD
    }

    private final String problem;
    private final Reason reason;

    /** Names the rule and the offending value. */
    public InvalidRecordException(Reason reason, String message) {
        super(message, null, false, false);
        this.problem = message;
        this.reason = reason;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** Which kind of rule was broken. */
    public Reason reason() {
        return reason;
    }
}
