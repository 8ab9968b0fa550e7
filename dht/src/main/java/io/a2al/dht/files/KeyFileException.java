package io.a2al.dht.files;

import java.io.IOException;

/**
 * Thrown when an identity, a delegation or a passphrase cannot be read or written. The message names the file and the
 * remedy, never any part of a secret. Nothing was overwritten.
 */
public final class KeyFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The kinds of failure. */
    public enum Reason {
        /** There is no identity in the directory. */
        NO_IDENTITY,
        /** There is already an identity where a new one was to be kept. */
        IDENTITY_EXISTS,
        /** The directory contains both a plain and an encrypted identity. */
        TWO_IDENTITIES,
        /** The content of the file is not of the expected form. */
        DAMAGED,
        /** The identity is encrypted, and there is no passphrase. */
        NO_PASSPHRASE,
        /**
         * The encrypted identity does not open: the passphrase is wrong or the file damaged, which cannot be told
         * apart.
         */
        WRONG_PASSPHRASE,
        /** The system refused to read or write the file. */
        UNUSABLE
    }

    private final Reason reason;

    /** Creates an exception whose message names the file and the remedy. */
    public KeyFileException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Creates an exception with the system's exception as cause. */
    public KeyFileException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns the kind of failure. */
    public Reason reason() {
        return reason;
    }
}
