package io.a2al.protocol.id;

/** Thrown when a text or a byte string is not an A2AL address (wire.md sections 1.1 and 1.4). */
public final class InvalidAddressException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The part of an address that is wrong. */
    public enum Field {
        /** The text is too long or too short. */
        LENGTH,
        /** A character that does not occur in addresses of the family. */
        CHARACTERS,
        /** The checksum does not match; in hexadecimal forms the letter case is the checksum. */
        CHECKSUM,
        /** A version that no address has. */
        VERSION,
        /** The content is not the 20 bytes of an address. */
        PAYLOAD
    }

    private final Field field;

    /** Creates an exception whose message quotes the address and describes what is wrong with it. */
    public InvalidAddressException(Field field, String message) {
        super(message);
        this.field = field;
    }

    /** Returns the part that is wrong; the first one found. */
    public Field field() {
        return field;
    }
}
