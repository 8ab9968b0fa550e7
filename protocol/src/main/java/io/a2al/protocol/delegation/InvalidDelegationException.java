package io.a2al.protocol.delegation;

/**
 * Thrown when bytes are not a delegation proof, or a text or a signature is not valid for one. It has no stack trace,
 * because any sender can cause it as often as it likes.
 */
public sealed class InvalidDelegationException extends Exception permits InvalidSignatureException {

    private static final long serialVersionUID = 1L;

    /** The part of a proof that is wrong; in lower case, the name of the field in wire.md section 14. */
    public enum Field {
        /** The key of a native owner. */
        MASTER_PUB,
        /** The key that may act for the address. */
        OP_PUB,
        /** The address. */
        AGENT_ADDR,
        /** What the key may do. */
        SCOPE,
        /** The owner's signature. */
        SIGNATURE,
        /** The text that a wallet signs. */
        MESSAGE,
        /** The encoding as a whole, not a single field. */
        ENCODING
    }

    private final Field field;
    private final String problem;

    /** The message describes what is wrong with the field. */
    public InvalidDelegationException(Field field, String message) {
        super(message, null, false, false);
        this.field = field;
        this.problem = message;
    }

    /** Returns the part that is wrong; the first one found. */
    public Field field() {
        return field;
    }

    /** Returns what is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }
}
