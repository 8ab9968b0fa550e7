package io.a2al.protocol.id;

/** Thrown when a text or a byte string is not an A2AL address (wire.md sections 1.1 and 1.4). */
public final class InvalidAddressException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What of an address can be wrong. */
    public enum Field {
        /** It is too long or too short. */
        LENGTH,
        /** A character does not occur in addresses of this family. */
        CHARACTERS,
        /** The checksum, or the upper and lower case that serve as one, does not fit the rest. */
        CHECKSUM,
        /** The version is one that no address has. */
        VERSION,
        /** What is encoded are not the 20 bytes of an address. */
        PAYLOAD
    }

    private final Field field;

    /** Says what is wrong with the address, naming it. */
    public InvalidAddressException(Field field, String message) {
        super(message);
        this.field = field;
    }

    /** What of it is wrong; the first that was found. */
    public Field field() {
        return field;
    }
}
