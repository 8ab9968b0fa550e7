package io.a2al.protocol.message;

/**
 * Thrown when a datagram is not a message. It carries no stack trace, because strangers cause it at will.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of mistake it is; datagrams are counted by it. */
    public enum Reason {
        /** Not the CBOR that a message has to be. */
        ENCODING,
        /** No such message type. */
        TYPE,
        /** The address in the body is not the sender's. */
        IDENTITY
    }

    private final String problem;
    private final Reason reason;
    private final int offset;

    /** Names the mistake and where it is. */
    public MalformedMessageException(Reason reason, String message, int offset) {
        super(message, null, false, false);
        this.problem = message;
        this.reason = reason;
        this.offset = offset;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** What kind of mistake it is. */
    public Reason reason() {
        return reason;
    }

    /** Where it is, in bytes from the start of the datagram. */
    public int offset() {
        return offset;
    }
}
