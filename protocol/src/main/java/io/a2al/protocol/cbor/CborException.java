package io.a2al.protocol.cbor;

/**
 * Thrown when bytes are not the CBOR that was expected. It carries no stack trace: strangers cause it at will, and the
 * offset says more than the trace would.
 */
public final class CborException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int offset;

    /** Says what is wrong with the item at {@code offset}, counted in bytes from the start of the array read. */
    public CborException(String message, int offset) {
        super(message, null, false, false);
        this.problem = message;
        this.offset = offset;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }

    /** Where the offending item begins, in bytes from the start of the array read. */
    public int offset() {
        return offset;
    }
}
