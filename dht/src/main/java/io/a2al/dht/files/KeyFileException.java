package io.a2al.dht.files;

import java.io.IOException;

/**
 * Thrown when an identity, a delegation or a passphrase cannot be had or kept; names the file and the remedy, never any
 * part of a secret. Nothing was overwritten.
 */
public final class KeyFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What the matter is. */
    public enum Reason {
        /** There is no identity in the directory. */
        NO_IDENTITY,
        /** There is one already where a new one was to be kept. */
        IDENTITY_EXISTS,
        /** A plain and an encrypted identity are there, and nothing says which one counts. */
        TWO_IDENTITIES,
        /** The file is not what it should be, or holds a secret of the wrong shape. */
        DAMAGED,
        /** The identity is encrypted, and no source has a passphrase. */
        NO_PASSPHRASE,
        /** The encrypted identity does not open: the passphrase is wrong, or the file damaged; nobody can tell. */
        WRONG_PASSPHRASE,
        /** The system refuses to read or write the file. */
        UNUSABLE
    }

    private final Reason reason;

    /** Names the file and the remedy. */
    public KeyFileException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The same, with what the system said. */
    public KeyFileException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What the matter is. */
    public Reason reason() {
        return reason;
    }
}
