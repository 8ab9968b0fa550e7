package io.a2al.protocol.cbor;

/**
 * Thrown when bytes are not the CBOR that was expected. It has no stack trace, because any sender can cause it as often
 * as it likes, and because the offset says more than a stack trace would.
 */
public final class CborException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int offset;

    /** Describes what is wrong with the item at {@code offset}, in bytes from the start of the array that is read. */
    public CborException(String message, int offset) {
        super(message, null, false, false);
        this.problem = message;
        this.offset = offset;
    }

    /** Returns what is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** Returns where the invalid item begins, in bytes from the start of the array that is read. */
    public int offset() {
        return offset;
    }
}
