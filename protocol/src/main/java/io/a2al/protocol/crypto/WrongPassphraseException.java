package io.a2al.protocol.crypto;

/** Thrown when an encrypted identity does not open: the passphrase is wrong, or the blob is damaged; nobody can tell. */
public final class WrongPassphraseException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, without any part of a secret. */
    public WrongPassphraseException(String message) {
        super(message);
    }
}
