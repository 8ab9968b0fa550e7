package io.a2al.dht.files;

import io.a2al.dht.files.KeyFileException.Reason;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WrongPassphraseException;
import io.a2al.protocol.delegation.DelegationProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The identity that is kept in a directory, in one of two forms, and the proof by which it acts for an agent:
 *
 * <ul>
 *   <li>{@value #PLAIN_FILE}: three lines of text: a heading, the seed in hexadecimal digits, and its address;
 *   <li>{@value #ENCRYPTED_FILE}: the 95 bytes of {@link EncryptedIdentity} (wire.md 16), in the file name that other
 *       nodes use;
 *   <li>{@value #DELEGATION_FILE}: a delegation proof (wire.md 14): its canonical encoding in hexadecimal digits and a
 *       line feed. Nothing in it is secret.
 * </ul>
 *
 * <p>One form replaces the other only on request. Reading needs no lock, so it can be done while a node runs; neither
 * does writing a proof, which takes effect at the next start. Writing an identity needs the open {@link
 * io.a2al.dht.files.DataDirectory}. Files are readable by their owner only, and replaced as a whole or not at all.
 * Stateless and thread-safe.
 */
public final class KeyFiles {

    /** Name of the file with a plain identity. */
    public static final String PLAIN_FILE = "identity.key";

    /** Name of the file with an encrypted identity; the default name of the reference implementation. */
    public static final String ENCRYPTED_FILE = "identity.ed25519";

    /** Name of the file with a delegation proof. */
    public static final String DELEGATION_FILE = "delegation.proof";

    private final Path directory;
    private final Path plain;
    private final Path encrypted;
    private final Path delegation;

    private KeyFiles(Path directory) {
        this.directory = directory;
        this.plain = directory.resolve(PLAIN_FILE);
        this.encrypted = directory.resolve(ENCRYPTED_FILE);
        this.delegation = directory.resolve(DELEGATION_FILE);
    }

    /** Returns the keys in a directory, which need not exist. */
    public static KeyFiles in(Path directory) {
        return new KeyFiles(directory);
    }

    // ---- identity ---------------------------------------------------------------------------------------------

    /**
     * Returns the form in which the identity is kept; empty if there is none.
     *
     * @throws KeyFileException {@link Reason#TWO_IDENTITIES} if it exists in both forms
     */
    public Optional<KeyForm> form() throws KeyFileException {
        boolean isPlain = Files.exists(plain);
        boolean isEncrypted = Files.exists(encrypted);
        if (isPlain && isEncrypted) {
            throw new KeyFileException(
                    Reason.TWO_IDENTITIES,
                    "both " + plain + " and " + encrypted
                            + " hold an identity; move away the one that is not to be used");
        }
        return isPlain ? Optional.of(KeyForm.PLAIN) : isEncrypted ? Optional.of(KeyForm.ENCRYPTED) : Optional.empty();
    }

    /**
     * Returns the form in which the identity is kept.
     *
     * @throws KeyFileException {@link Reason#NO_IDENTITY} if there is none, {@link Reason#TWO_IDENTITIES} if it exists
     *     in both forms
     */
    public KeyForm requireForm() throws KeyFileException {
        return form().orElseThrow(() -> new KeyFileException(
                Reason.NO_IDENTITY,
                "no identity in " + directory + "; there is neither a file " + PLAIN_FILE + " nor " + ENCRYPTED_FILE));
    }

    /**
     * Throws if there is already an identity.
     *
     * @throws KeyFileException {@link Reason#IDENTITY_EXISTS} or {@link Reason#TWO_IDENTITIES}
     */
    public void demandNoIdentity() throws KeyFileException {
        Optional<KeyForm> present = form();
        if (present.isPresent()) {
            throw new KeyFileException(
                    Reason.IDENTITY_EXISTS,
                    file(present.get())
                            + " holds an identity already; choose another directory, or move that file away");
        }
    }

    /** Returns the file of an identity of this form, whether or not it exists. */
    public Path file(KeyForm form) {
        return form == KeyForm.PLAIN ? plain : encrypted;
    }

    /**
     * Reads the identity.
     *
     * @param passphrases asked if it is encrypted
     * @throws KeyFileException for the reasons {@link Reason#NO_IDENTITY}, {@link Reason#TWO_IDENTITIES},
     *     {@link Reason#DAMAGED}, {@link Reason#NO_PASSPHRASE}, {@link Reason#WRONG_PASSPHRASE}, {@link
     *     Reason#UNUSABLE}
     */
    public Identity identity(PassphraseSource passphrases) throws KeyFileException {
        return switch (requireForm()) {
            case PLAIN -> readPlain();
            case ENCRYPTED -> {
                Bytes blob = readBlob();
                try (Passphrase passphrase = passphrases.passphraseOf(encrypted)) {
                    yield open(encrypted, blob, passphrase);
                }
            }
        };
    }

    /**
     * Returns the encrypted identity as it is kept, for export; empty if the identity is plain.
     *
     * @throws KeyFileException if there is no identity, or its file cannot be read
     */
    public Optional<Bytes> encryptedIdentity() throws KeyFileException {
        return requireForm() == KeyForm.ENCRYPTED ? Optional.of(readBlob()) : Optional.empty();
    }

    /**
     * Opens an encrypted identity from any source.
     *
     * @param file its source, for messages
     * @throws KeyFileException {@link Reason#DAMAGED} if it can be none, whatever the passphrase;
     *     {@link Reason#WRONG_PASSPHRASE} if it does not open
     */
    public static Identity open(Path file, Bytes blob, Passphrase passphrase) throws KeyFileException {
        if (!EncryptedIdentity.isPlausible(blob)) {
            throw damaged(file);
        }
        try {
            return EncryptedIdentity.open(blob, passphrase.utf8());
        } catch (WrongPassphraseException e) {
            throw new KeyFileException(
                    Reason.WRONG_PASSPHRASE,
                    "identity file " + file + " does not open: the passphrase is wrong, or the file is damaged");
        }
    }

    /** Returns an encrypted identity, for export. The caller closes the passphrase. */
    public static Bytes seal(Identity identity, Passphrase passphrase, SecureRandom random) {
        return EncryptedIdentity.seal(identity, passphrase.utf8(), random);
    }

    /**
     * Keeps a first identity in plain form.
     *
     * @throws KeyFileException {@link Reason#IDENTITY_EXISTS} if there is one, {@link Reason#UNUSABLE} if it cannot be
     *     written
     */
    public void keep(Identity identity) throws KeyFileException {
        demandNoIdentity();
        writePlain(identity);
    }

    /**
     * Keeps a first identity in encrypted form. The caller closes the passphrase.
     *
     * @throws KeyFileException {@link Reason#IDENTITY_EXISTS} if there is one, {@link Reason#UNUSABLE} if it cannot be
     *     written
     */
    public void keepEncrypted(Identity identity, Passphrase passphrase, SecureRandom random) throws KeyFileException {
        demandNoIdentity();
        KeyFile.replace(encrypted, seal(identity, passphrase, random).toArray());
    }

    /**
     * Encrypts the identity that is kept here, or changes its passphrase. If the process ends between writing the new
     * file and removing a plain one, both exist, and nothing is lost.
     *
     * @param current asked if the identity is encrypted already
     * @param next asked for the new passphrase, after the identity was read
     * @throws KeyFileException as {@link #identity} does, or if there is no new passphrase; then nothing has changed
     */
    public void encrypt(PassphraseSource current, PassphraseSource next, SecureRandom random) throws KeyFileException {
        Identity identity = identity(current);
        try (Passphrase passphrase = next.passphraseOf(encrypted)) {
            KeyFile.replace(encrypted, seal(identity, passphrase, random).toArray());
        } finally {
            identity.destroy();
        }
        KeyFile.remove(plain);
    }

    /**
     * Converts the identity that is kept here to plain form.
     *
     * @param current asked if it is encrypted
     * @throws KeyFileException as {@link #identity} does; then nothing has changed
     */
    public void decrypt(PassphraseSource current) throws KeyFileException {
        Identity identity = identity(current);
        try {
            writePlain(identity);
        } finally {
            identity.destroy();
        }
        KeyFile.remove(encrypted);
    }

    private Identity readPlain() throws KeyFileException {
        byte[] content = KeyFile.read(plain, "identity");
        try {
            return PlainIdentity.read(content).orElseThrow(() -> damaged(plain));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private Bytes readBlob() throws KeyFileException {
        Bytes blob = Bytes.copyOf(KeyFile.read(encrypted, "identity"));
        if (!EncryptedIdentity.isPlausible(blob)) {
            throw damaged(encrypted);
        }
        return blob;
    }

    private void writePlain(Identity identity) throws KeyFileException {
        byte[] content = PlainIdentity.write(identity);
        try {
            KeyFile.replace(plain, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static KeyFileException damaged(Path file) {
        return new KeyFileException(
                Reason.DAMAGED,
                "identity file " + file
                        + " is damaged; restore it from a backup, or move it away to get a new identity and address");
    }

    // ---- delegation -------------------------------------------------------------------------------------------

    /**
     * Returns the proof that is kept here; empty if there is none. Its owner's signature holds; the caller checks
     * whether it is for the identity kept here and valid now.
     *
     * @throws KeyFileException {@link Reason#DAMAGED} if the file holds something else, {@link Reason#UNUSABLE} if it
     *     cannot be read
     */
    public Optional<DelegationProof> delegation() throws KeyFileException {
        return Files.exists(delegation) ? Optional.of(readDelegation(delegation)) : Optional.empty();
    }

    /**
     * Reads a proof from any file of the same form. Its owner's signature holds.
     *
     * @throws KeyFileException {@link Reason#DAMAGED} if the file holds something else, {@link Reason#UNUSABLE} if it
     *     cannot be read
     */
    public static DelegationProof readDelegation(Path file) throws KeyFileException {
        return DelegationFile.read(file);
    }

    /**
     * Keeps a proof and replaces the present one.
     *
     * @throws IllegalArgumentException if its owner's signature does not hold
     * @throws KeyFileException {@link Reason#UNUSABLE} if it cannot be written
     */
    public void keep(DelegationProof proof) throws KeyFileException {
        DelegationFile.write(delegation, proof);
    }
}
