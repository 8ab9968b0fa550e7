package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.WrongPassphraseException.Field;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Encrypts an identity for storage (wire.md section 16): XChaCha20-Poly1305 over its seed, with a key that Argon2id
 * derives from a passphrase. Each call that derives a key takes 64 MiB and some tenths of a second. Stateless and
 * thread-safe.
 */
public final class EncryptedIdentity {

    /** Length of an encrypted identity, in bytes. */
    public static final int LENGTH = 95;

    private static final byte[] MAGIC = "a2al-k1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 24;
    private static final int KEY_LENGTH = 32;
    private static final int TAG_LENGTH = 16;
    private static final int ITERATIONS = 3;
    private static final int MEMORY_KIB = 65_536;
    private static final int LANES = 4;

    private EncryptedIdentity() {}

    /** Returns {@code identity}, encrypted. The caller wipes the passphrase. */
    public static Bytes seal(Identity identity, byte[] passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] seed = identity.exportSeed();
        try {
            byte[] sealed = crypt(true, key(passphrase, salt), nonce, seed);
            return Bytes.copyOf(MAGIC)
                    .concat(Bytes.copyOf(salt))
                    .concat(Bytes.copyOf(nonce))
                    .concat(Bytes.copyOf(sealed));
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("encrypting cannot fail", impossible);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Returns false if no passphrase can decrypt {@code blob}, because its length or its first bytes are wrong. */
    public static boolean isPlausible(Bytes blob) {
        return blob.length() == LENGTH && hasMagic(blob.toArray());
    }

    /**
     * Returns true if {@code bytes} begins like an encrypted identity, whatever follows. This distinguishes one from a
     * plain secret.
     */
    public static boolean hasMagic(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Decrypts an identity. The caller wipes the passphrase.
     *
     * @throws WrongPassphraseException if the passphrase is wrong or the blob is damaged
     */
    public static Identity open(Bytes blob, byte[] passphrase) throws WrongPassphraseException {
        byte[] bytes = blob.toArray();
        int nonceAt = MAGIC.length + SALT_LENGTH;
        int sealedAt = nonceAt + NONCE_LENGTH;
        if (bytes.length != LENGTH) {
            throw new WrongPassphraseException(
                    Field.LENGTH, "an encrypted identity has " + LENGTH + " bytes, not " + bytes.length);
        }
        if (!isPlausible(blob)) {
            throw new WrongPassphraseException(
                    Field.MAGIC, "not an encrypted identity: it does not begin with \"a2al-k1\"");
        }
        byte[] salt = Arrays.copyOfRange(bytes, MAGIC.length, nonceAt);
        byte[] nonce = Arrays.copyOfRange(bytes, nonceAt, sealedAt);
        byte[] sealed = Arrays.copyOfRange(bytes, sealedAt, LENGTH);
        try {
            byte[] seed = crypt(false, key(passphrase, salt), nonce, sealed);
            Identity identity = Identity.ofSeed(seed);
            Arrays.fill(seed, (byte) 0);
            return identity;
        } catch (InvalidCipherTextException unauthentic) {
            throw new WrongPassphraseException(Field.SEALED_SEED, "wrong passphrase, or a damaged identity");
        }
    }

    private static byte[] key(byte[] passphrase, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(ITERATIONS)
                .withMemoryAsKB(MEMORY_KIB)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY_LENGTH];
        generator.generateBytes(passphrase, key);
        return key;
    }

    /** Encrypts or decrypts, and wipes {@code key}. */
    private static byte[] crypt(boolean encrypt, byte[] key, byte[] nonce, byte[] input)
            throws InvalidCipherTextException {
        XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
        cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key), nonce));
        Arrays.fill(key, (byte) 0);
        byte[] output = new byte[encrypt ? input.length + TAG_LENGTH : input.length - TAG_LENGTH];
        try {
            int written = cipher.processBytes(input, 0, input.length, output, 0);
            cipher.doFinal(output, written);
        } catch (InvalidCipherTextException unauthentic) {
            // If only the tag was damaged, this is the seed.
            Arrays.fill(output, (byte) 0);
            throw unauthentic;
        }
        return output;
    }
}
