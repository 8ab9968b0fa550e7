package io.a2al.protocol.message;

/**
 * Thrown when a datagram is not a message. It has no stack trace, because any sender can cause it as often as it likes.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The kind of error; malformed datagrams are counted by it. */
    public enum Reason {
        /** The datagram is not CBOR of the required form. */
        ENCODING,
        /** The message type is unknown. */
        TYPE,
        /** The address in the body is not that of the sender's key. */
        IDENTITY
    }

    private final String problem;
    private final Reason reason;
    private final int offset;

    /** Describes the error and where it is, in bytes from the start of the datagram. */
    public MalformedMessageException(Reason reason, String message, int offset) {
        super(message, null, false, false);
        this.problem = message;
        this.reason = reason;
        this.offset = offset;
    }

    /** Returns what is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** Returns the kind of error. */
    public Reason reason() {
        return reason;
    }

    /** Returns where the error is, in bytes from the start of the datagram. */
    public int offset() {
        return offset;
    }
}
