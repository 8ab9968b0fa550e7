package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.KeyFileException.Reason;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.OwnerOnly;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each opening and sealing costs some tenths of a second, so that there are few of them here. */
class KeyFilesTest {

    private static final String WORDS = "correct horse";

    private final SecureRandom random = Fixtures.secureRandom(1);

    @TempDir
    private Path folder;

    private Path plain;
    private Path encrypted;
    private Path delegation;
    private KeyFiles keys;

    @BeforeEach
    void nameFiles() {
        plain = folder.resolve("identity.key");
        encrypted = folder.resolve("identity.ed25519");
        delegation = folder.resolve("delegation.proof");
        keys = KeyFiles.in(folder);
    }

    private static Passphrase passphrase(String words) {
        return Passphrase.ofUtf8(words.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes seal(Identity identity, String words, SecureRandom random) {
        return EncryptedIdentity.seal(identity, words.getBytes(StandardCharsets.UTF_8), random);
    }

    private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }

    private static void assertOwnerOnly(Path file) throws Exception {
        OwnerOnly.assertOwnerOnly(file);
    }

    private static PassphraseSource unasked() {
        return file -> {
            throw new AssertionError("no passphrase is needed");
        };
    }

    // ---- plain ------------------------------------------------------------------------------------------------

    @Test
    void aPlainIdentityIsThreeLinesForItsOwner() throws Exception {
        keys.keep(Fixtures.A);

        assertThat(keys.form()).contains(KeyForm.PLAIN);
        assertThat(keys.identity(unasked()).exportSeed()).isEqualTo(Fixtures.A.exportSeed());
        assertThat(keys.encryptedIdentity()).isEmpty();
        assertThat(plain).hasContent("""
            a2al identity 1
            000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
            A056475aa75463474C0285df5Dbf2bcAB73Da65135
            """);
        assertOwnerOnly(plain);
    }

    @Test
    void aDamagedPlainIdentityIsRefusedLeftAloneAndNotShown() throws Exception {
        String seed = Bytes.copyOf(Fixtures.A.exportSeed()).toHex();
        String address = Fixtures.A.address().toString();
        List<String> damages = List.of(
                "",
                "a2al identity 1\n",
                "a2al identity 1\n" + seed + "\n",
                "a2al identity 1\n1" + seed.substring(1) + "\n" + address + "\n",
                "a2al identity 1\n" + seed.substring(1) + "\n" + address + "\n",
                "a2al identity 2\n" + seed + "\n" + address + "\n",
                "a2al identity 1\n" + seed + " " + address + "\n",
                "a2al identity 1\nnot hexadecimal\n" + address + "\n",
                "a2al identity 1\n" + seed.replace('0', 'x') + "\n" + address + "\n");
        for (String damage : damages) {
            Files.writeString(plain, damage);

            assertRefused(
                    Reason.DAMAGED,
                    "identity file " + plain
                            + " is damaged; restore it from a backup, or move it away to get a new identity and"
                            + " address",
                    () -> keys.identity(unasked()));
            assertThat(Files.readString(plain)).isEqualTo(damage);
        }
        Files.writeString(plain, "a2al identity 1\n" + seed + "\n" + address);
        assertThat(keys.identity(unasked()).address()).isEqualTo(Fixtures.A.address());
    }

    // ---- encrypted --------------------------------------------------------------------------------------------

    @Test
    void anEncryptedIdentityIsTheReferencesBlob() throws Exception {
        // The example of wire.md section 18.
        byte[] blob = Bytes.fromHex(
                        "6132616c2d6b31d6a55e4f8f5c7c643030bbc8b6520d25c7203febaf4d9daf1df92702f0aaf24d9ff7c0"
                                + "8047ac7daeb6015b6aa5f9d10f9de0256f00c00613c5b06dbb55c20e4b3133e22f1c897f6a0be32a"
                                + "91217a11868ff73c1cfc1999fd")
                .toArray();
        Files.write(encrypted, blob);

        assertThat(keys.form()).contains(KeyForm.ENCRYPTED);
        assertThat(keys.encryptedIdentity()).contains(Bytes.copyOf(blob));
        assertThat(Bytes.copyOf(keys.identity(PassphraseSource.text(WORDS)).exportSeed()))
                .isEqualTo(Bytes.fromHex("97c15134cb3587145b46e06e52fb2c579c0d90397e92325e0bf714f8c24a2945"));
    }

    @Test
    void whatIsEncryptedOpensWithItsPassphraseAlone() throws Exception {
        try (Passphrase passphrase = passphrase(WORDS)) {
            keys.keepEncrypted(Fixtures.A, passphrase, random);
        }

        assertThat(encrypted).hasSize(EncryptedIdentity.LENGTH);
        assertOwnerOnly(encrypted);
        assertThat(keys.identity(PassphraseSource.text(WORDS)).exportSeed()).isEqualTo(Fixtures.A.exportSeed());
        assertRefused(
                Reason.WRONG_PASSPHRASE,
                "identity file " + encrypted + " does not open: the passphrase is wrong, or the file is damaged",
                () -> keys.identity(PassphraseSource.text("correct house")));
        assertRefused(
                Reason.NO_PASSPHRASE,
                "identity file " + encrypted + " is encrypted, and no passphrase was given",
                () -> keys.identity(PassphraseSource.none()));
    }

    @Test
    void damageIsToldFromNoIdentityAndFromAWrongPassphraseWhereItCanBe() throws Exception {
        assertThat(keys.form()).isEmpty();
        assertRefused(
                Reason.NO_IDENTITY,
                "no identity in " + folder + "; there is neither a file identity.key nor identity.ed25519",
                () -> keys.identity(unasked()));
        assertRefused(
                Reason.NO_IDENTITY,
                "no identity in " + folder + "; there is neither a file identity.key nor identity.ed25519",
                keys::encryptedIdentity);
        byte[] blob = seal(Fixtures.A, WORDS, random).toArray();
        byte[] otherMagic = blob.clone();
        otherMagic[6] ^= 1;
        for (byte[] damage :
                List.of(new byte[0], Bytes.copyOf(blob).slice(0, 94).toArray(), otherMagic)) {
            Files.write(encrypted, damage);
            assertRefused(
                    Reason.DAMAGED,
                    "identity file " + encrypted
                            + " is damaged; restore it from a backup, or move it away to get a new identity and"
                            + " address",
                    () -> keys.identity(unasked()));
            assertThat(encrypted).hasBinaryContent(damage);
        }
        blob[94] ^= 1;
        Files.write(encrypted, blob);
        assertRefused(
                Reason.WRONG_PASSPHRASE,
                "identity file " + encrypted + " does not open: the passphrase is wrong, or the file is damaged",
                () -> keys.identity(PassphraseSource.text(WORDS)));
    }

    // ---- one form or the other --------------------------------------------------------------------------------

    @Test
    void twoFormsAtOnceAreRefused() throws Exception {
        keys.keep(Fixtures.A);
        Files.write(encrypted, new byte[EncryptedIdentity.LENGTH]);
        String message =
                "both " + plain + " and " + encrypted + " hold an identity; move away the one that is not to be used";

        assertRefused(Reason.TWO_IDENTITIES, message, keys::form);
        assertRefused(Reason.TWO_IDENTITIES, message, () -> keys.identity(unasked()));
        assertRefused(Reason.TWO_IDENTITIES, message, () -> keys.keep(Fixtures.B));
        assertRefused(Reason.TWO_IDENTITIES, message, () -> keys.decrypt(unasked()));
    }

    @Test
    void anIdentityIsNeverOverwrittenByAnother() throws Exception {
        keys.keep(Fixtures.A);
        byte[] before = Files.readAllBytes(plain);
        try (Passphrase passphrase = passphrase(WORDS)) {
            String message = plain + " holds an identity already; choose another directory, or move that file away";
            assertRefused(Reason.IDENTITY_EXISTS, message, () -> keys.keep(Fixtures.B));
            assertRefused(Reason.IDENTITY_EXISTS, message, () -> keys.keepEncrypted(Fixtures.B, passphrase, random));
            Files.move(plain, folder.resolve("away"));
            Files.write(encrypted, new byte[1]);
            assertRefused(
                    Reason.IDENTITY_EXISTS,
                    encrypted + " holds an identity already; choose another directory, or move that file away",
                    () -> keys.keep(Fixtures.B));
        }
        assertThat(folder.resolve("away")).hasBinaryContent(before);
        assertThat(encrypted).hasSize(1);
        assertThat(plain).doesNotExist();
    }

    @Test
    void theFormAndThePassphraseAreChangedWhenAsked() throws Exception {
        keys.keep(Fixtures.A);
        keys.encrypt(unasked(), PassphraseSource.text("first"), random);
        assertThat(plain).doesNotExist();
        keys.encrypt(PassphraseSource.text("first"), PassphraseSource.text("second"), random);
        byte[] blob = Files.readAllBytes(encrypted);
        assertRefused(
                Reason.WRONG_PASSPHRASE,
                "identity file " + encrypted + " does not open: the passphrase is wrong, or the file is damaged",
                () -> keys.decrypt(PassphraseSource.text("first")));
        assertThat(encrypted).hasBinaryContent(blob);
        keys.decrypt(PassphraseSource.text("second"));
        assertThat(encrypted).doesNotExist();
        assertThat(keys.identity(unasked()).exportSeed()).isEqualTo(Fixtures.A.exportSeed());
        assertOwnerOnly(plain);
    }

    @Test
    void thePassphraseIsAskedForOnceAndWiped() throws Exception {
        Files.write(encrypted, seal(Fixtures.A, WORDS, random).toArray());
        AtomicInteger asked = new AtomicInteger();
        Passphrase handedOut = passphrase(WORDS);

        keys.identity(file -> {
            assertThat(file).isEqualTo(encrypted);
            asked.incrementAndGet();
            return handedOut;
        });

        assertThat(asked).hasValue(1);
        assertThatThrownBy(handedOut::utf8).isInstanceOf(IllegalStateException.class);
    }

    // ---- delegation -------------------------------------------------------------------------------------------

    @Test
    void aProofIsKeptAsOneLineOfText() throws Exception {
        DelegationProof proof = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1, 0);
        assertThat(keys.delegation()).isEmpty();

        keys.keep(proof);

        assertThat(keys.delegation()).contains(proof);
        assertThat(delegation).hasContent(proof.encode().toHex() + "\n");
        DelegationProof newer = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 2, 0);
        keys.keep(newer);
        assertThat(keys.delegation()).contains(newer);
    }

    @Test
    void aProofThatDoesNotHoldIsNeitherKeptNorUsed() throws Exception {
        DelegationProof good = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1, 0);
        DelegationProof forged = new DelegationProof(
                DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.C.publicKey(), 1, 0)
                        .delegation(),
                good.authorization());
        assertThatThrownBy(() -> keys.keep(forged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the signature of this delegation proof does not hold");
        assertThat(delegation).doesNotExist();

        String remedy = "; restore it from a backup, or move it away and have the agent's owner sign a new one";
        Files.writeString(delegation, forged.encode().toHex());
        assertRefused(
                Reason.DAMAGED,
                "delegation file " + delegation + " is damaged: its signature does not hold" + remedy,
                keys::delegation);
        Files.writeString(delegation, "no digits");
        assertRefused(
                Reason.DAMAGED,
                "delegation file " + delegation + " is damaged: it does not consist of hexadecimal digits" + remedy,
                keys::delegation);
        Files.writeString(delegation, good.encode().slice(0, 50).toHex());
        assertThatThrownBy(keys::delegation)
                .isInstanceOf(KeyFileException.class)
                .hasMessageStartingWith("delegation file " + delegation + " is damaged: malformed at byte ");
    }

    // ---- files ------------------------------------------------------------------------------------------------

    @Test
    void whatCannotBeReadOrWrittenIsNamed() throws Exception {
        Files.createDirectory(plain);
        assertThatThrownBy(() -> keys.identity(unasked()))
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE))
                .hasMessageStartingWith("identity file " + plain + " cannot be read: ")
                .hasMessageEndingWith("; give the node's user access to it");
        Path missing = folder.resolve("missing");
        assertRefused(
                Reason.UNUSABLE,
                "data directory " + missing
                        + " cannot be written: it does not exist; give the node's user access to it,"
                        + " or choose another directory",
                () -> KeyFiles.in(missing).keep(Fixtures.A));
    }
}
