package io.a2al.protocol.crypto;

/**
 * Thrown when an encrypted identity cannot be decrypted (wire.md section 16). For {@link Field#SEALED_SEED} either the
 * passphrase is wrong or the blob is damaged; the two cannot be distinguished. For the other fields no passphrase is
 * right.
 */
public final class WrongPassphraseException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The part of an encrypted identity that is wrong. */
    public enum Field {
        /** The blob is too long or too short; no passphrase decrypts it. */
        LENGTH,
        /** The first bytes are not those of an encrypted identity; no passphrase decrypts it. */
        MAGIC,
        /** The seed cannot be decrypted with the key derived from passphrase and salt. */
        SEALED_SEED
    }

    private final Field field;

    /** Describes what is wrong; the message must not contain any part of a secret. */
    public WrongPassphraseException(Field field, String message) {
        super(message);
        this.field = field;
    }

    /** Returns the part that is wrong; the first one found. */
    public Field field() {
        return field;
    }
}
