package io.a2al.protocol.crypto;

/**
 * Thrown when an encrypted identity does not open (wire.md section 16): the passphrase is wrong, or the blob is
 * damaged. Which of the two, nobody can tell, unless {@link #field()} is one that no passphrase mends.
 */
public final class WrongPassphraseException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What of a blob can be wrong. */
    public enum Field {
        /** It is too long or too short, whatever the passphrase. */
        LENGTH,
        /** Its first bytes are not those of an encrypted identity, whatever the passphrase. */
        MAGIC,
        /** The seed does not open with the key that comes of passphrase and salt. */
        SEALED_SEED
    }

    private final Field field;

    /** Says what is wrong, without any part of a secret. */
    public WrongPassphraseException(Field field, String message) {
        super(message);
        this.field = field;
    }

    /** What of it is wrong; the first that was found. */
    public Field field() {
        return field;
    }
}
