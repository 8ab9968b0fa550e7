package io.a2al.protocol.delegation;

/**
 * Thrown when the signature of a delegation is malformed or was not made by the owner of the address (wire.md 14.3,
 * 14.4).
 */
public final class InvalidSignatureException extends InvalidDelegationException {

    private static final long serialVersionUID = 1L;

    /** The message describes what is wrong with the signature. */
    public InvalidSignatureException(String message) {
        super(Field.SIGNATURE, message);
    }
}
