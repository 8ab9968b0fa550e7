package io.a2al.protocol.delegation;

/**
 * Thrown when what is given for the owner's signature of a delegation is none, or not the owner's (wire.md 14.3, 14.4).
 */
public final class InvalidSignatureException extends InvalidDelegationException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public InvalidSignatureException(String message) {
        super(Field.SIGNATURE, message);
    }
}
