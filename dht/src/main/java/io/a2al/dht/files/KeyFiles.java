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
 *   <li>{@value #PLAIN_FILE}: three lines of text, a heading, the seed in hexadecimal digits, and its address;
 *   <li>{@value #ENCRYPTED_FILE}: the 95 bytes of {@link EncryptedIdentity} (wire.md 16), as other nodes keep them
 *     under
 *       the same name;
 *   <li>{@value #DELEGATION_FILE}: a delegation proof (wire.md 14), its canonical encoding in hexadecimal digits and a
 *     line
 *       feed. Nothing in it is secret.
 * </ul>
 *
 * <p>One form never takes the place of the other unless it is asked for. Reading needs no lock, and so can be done
 * while a node runs, and so does a new proof, which counts from the next start; whoever writes an identity has the
 * {@link io.a2al.dht.files.DataDirectory} open. Files are readable by their owner only, and replaced as a whole or not
 * at all. Stateless and thread-safe.
 */
public final class KeyFiles {

    /** Name of the file with a plain identity. */
    public static final String PLAIN_FILE = "identity.key";

    /** Name of the file with an encrypted identity; the reference's default storage key. */
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

    /** The keys in a directory, which need not exist. */
    public static KeyFiles in(Path directory) {
        return new KeyFiles(directory);
    }

    // ---- identity ---------------------------------------------------------------------------------------------

    /**
     * How the identity is kept; nothing if there is none.
     *
     * @throws KeyFileException {@link Reason#TWO_IDENTITIES} if it is there in both forms
     */
    public Optional<KeyForm> form() throws KeyFileException {
        boolean isPlain = Files.exists(plain);
        boolean isEncrypted = Files.exists(encrypted);
        if (isPlain && isEncrypted) {
            throw new KeyFileException(
                    Reason.TWO_IDENTITIES,
                    "both " + plain + " and " + encrypted
                            + " hold an identity; move the one away that is not to be used");
        }
        return isPlain ? Optional.of(KeyForm.PLAIN) : isEncrypted ? Optional.of(KeyForm.ENCRYPTED) : Optional.empty();
    }

    /**
     * How the identity is kept, which must be there.
     *
     * @throws KeyFileException {@link Reason#NO_IDENTITY} if it is not, {@link Reason#TWO_IDENTITIES} if it is there in
     *     both forms
     */
    public KeyForm requireForm() throws KeyFileException {
        return form().orElseThrow(() -> new KeyFileException(
                Reason.NO_IDENTITY,
                "no identity in " + directory + "; there is neither a file " + PLAIN_FILE + " nor " + ENCRYPTED_FILE));
    }

    /**
     * Refuses to go on where there is an identity already.
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

    /** The file that an identity of this form is in, or would be. */
    public Path file(KeyForm form) {
        return form == KeyForm.PLAIN ? plain : encrypted;
    }

    /**
     * Opens the identity.
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
     * The encrypted identity as it is kept, for taking it elsewhere; nothing if the identity is plain.
     *
     * @throws KeyFileException if there is no identity, or its file cannot be read
     */
    public Optional<Bytes> encryptedIdentity() throws KeyFileException {
        return requireForm() == KeyForm.ENCRYPTED ? Optional.of(readBlob()) : Optional.empty();
    }

    /**
     * Opens an encrypted identity that came from anywhere.
     *
     * @param file where it came from, for the message
     * @throws KeyFileException {@link Reason#DAMAGED} if it cannot be one, whatever the passphrase;
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

    /** Encrypts an identity, for taking it elsewhere. The passphrase remains the caller's to close. */
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
     * Keeps a first identity in encrypted form. The passphrase remains the caller's to close.
     *
     * @throws KeyFileException {@link Reason#IDENTITY_EXISTS} if there is one, {@link Reason#UNUSABLE} if it cannot be
     *     written
     */
    public void keepEncrypted(Identity identity, Passphrase passphrase, SecureRandom random) throws KeyFileException {
        demandNoIdentity();
        KeyFile.replace(encrypted, seal(identity, passphrase, random).toArray());
    }

    /**
     * Encrypts the identity that is kept here, or changes its passphrase. If this is interrupted between writing the
     * new file and removing a plain one, both are there, and nothing is lost.
     *
     * @param current asked if it is encrypted already
     * @param next asked for the new passphrase, once the identity is open
     * @throws KeyFileException as {@link #identity} does, or because there is no new passphrase; then nothing has
     *     changed
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
     * Keeps the identity in plain form from now on.
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
     * The proof that is kept here; nothing if there is none. Its owner's signature holds. Whether it lets the identity
     * act that is kept here, and whether it is the time for it, is for the caller to see.
     *
     * @throws KeyFileException {@link Reason#DAMAGED} if the file holds something else, {@link Reason#UNUSABLE} if it
     *     cannot be read
     */
    public Optional<DelegationProof> delegation() throws KeyFileException {
        return Files.exists(delegation) ? Optional.of(readDelegation(delegation)) : Optional.empty();
    }

    /**
     * The proof in a file of the same form, wherever that is. Its owner's signature holds.
     *
     * @throws KeyFileException {@link Reason#DAMAGED} if the file holds something else, {@link Reason#UNUSABLE} if it
     *     cannot be read
     */
    public static DelegationProof readDelegation(Path file) throws KeyFileException {
        return DelegationFile.read(file);
    }

    /**
     * Keeps a proof, in place of one that is there.
     *
     * @throws IllegalArgumentException if its owner's signature does not hold
     * @throws KeyFileException {@link Reason#UNUSABLE} if it cannot be written
     */
    public void keep(DelegationProof proof) throws KeyFileException {
        DelegationFile.write(delegation, proof);
    }
}
