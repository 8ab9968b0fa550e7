package io.a2al.protocol.id;

/** Thrown when a text or a byte string is not an A2AL address (wire.md sections 1.1 and 1.4). */
public final class InvalidAddressException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the address, naming it. */
    public InvalidAddressException(String message) {
        super(message);
    }
}
