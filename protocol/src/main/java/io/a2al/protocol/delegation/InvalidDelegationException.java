package io.a2al.protocol.delegation;

/**
 * Thrown when bytes are no delegation proof, or a text or a signature does not make one. It carries no stack trace,
 * because strangers cause it at will.
 */
public sealed class InvalidDelegationException extends Exception permits InvalidSignatureException {

    private static final long serialVersionUID = 1L;

    /** What of a proof can be wrong; the names in wire.md section 14 are the same in lower case. */
    public enum Field {
        /** The key of a native owner. */
        MASTER_PUB,
        /** The key that may act. */
        OP_PUB,
        /** The address that is acted for. */
        AGENT_ADDR,
        /** What the key may do. */
        SCOPE,
        /** The owner's signature. */
        SIGNATURE,
        /** The text that a wallet signs. */
        MESSAGE,
        /** None of the fields, but how they are put together. */
        ENCODING
    }

    private final Field field;
    private final String problem;

    /** Says what is wrong with the field. */
    public InvalidDelegationException(Field field, String message) {
        super(message, null, false, false);
        this.field = field;
        this.problem = message;
    }

    /** What of it is wrong; the first that was found. */
    public Field field() {
        return field;
    }

    /** What is wrong. */
    @Override
    public String getMessage() {
        return problem;
    }
}
