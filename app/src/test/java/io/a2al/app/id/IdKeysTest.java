package io.a2al.app.id;

import static io.a2al.protocol.testing.OwnerOnly.assertOwnerOnly;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code a2al id new|show|import|export|passphrase}. Every opening and sealing takes some tenths of a second. */
class IdKeysTest {

    /** The example of wire.md section 18, with its passphrase and its seed. */
    private static final Bytes BLOB =
            Bytes.fromHex("6132616c2d6b31d6a55e4f8f5c7c643030bbc8b6520d25c7203febaf4d9daf1df92702"
                + "f0aaf24d9ff7c08047ac7daeb6015b6aa5f9d10f9de0256f00c00613c5b06dbb55c20e4b3133e22f1c897f6a0be32a91217a11868"
                + "ff73c1cfc1999fd");

    private static final String WORDS = "correct horse";
    private static final Bytes SEED = Bytes.fromHex("97c15134cb3587145b46e06e52fb2c579c0d90397e92325e0bf714f8c24a2945");
    private static final Identity OF_BLOB = Identity.ofSeed(SEED.toArray());

    @TempDir
    private Path folder;

    private Path data;
    private Path plain;
    private Path encrypted;

    @BeforeEach
    void nameFiles() {
        data = folder.resolve("data");
        plain = data.resolve("identity.key");
        encrypted = data.resolve("identity.ed25519");
    }

    private Cli.Result id(String verb, String... more) {
        return Cli.run(Stream.concat(Stream.of("id", verb, "--data", data.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String words(String words) throws Exception {
        return file(words, words + "\n");
    }

    private String blob() throws Exception {
        return Files.write(folder.resolve("blob"), BLOB.toArray()).toString();
    }

    private static void assertDone(Cli.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static void assertFailed(int exitCode, String line, Cli.Result result) {
        assertThat(result.errLines()).containsExactly(line);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    // ---- new and show -----------------------------------------------------------------------------------------

    @Test
    void aNewIdentityIsKeptAndShown() throws Exception {
        Cli.Result made = id("new");
        assertDone(made);
        Identity identity = KeyFiles.in(data).identity(PassphraseSource.none());
        assertThat(made.outLines())
                .containsExactly(
                        "address  " + identity.address(),
                        "node id  " + identity.nodeId(),
                        "public key  " + identity.publicKey(),
                        "key  plain",
                        "kept in  " + plain);
        // Also while a node runs there.
        try (DataDirectory _ = DataDirectory.open(data)) {
            Cli.Result shown = id("show");
            assertDone(shown);
            assertThat(shown.out()).isEqualTo(made.out());
        }
        assertFailed(
                4, plain + " holds an identity already; choose another directory, or move that file away", id("new"));
        assertThat(KeyFiles.in(data).identity(PassphraseSource.none()).address())
                .isEqualTo(identity.address());
    }

    @Test
    void aNewIdentityCanBeEncrypted() throws Exception {
        Cli.Result made = id("new", "--encrypt", "--json", "--passphrase-file", words(WORDS));
        assertDone(made);
        JsonNode json = made.json();
        assertThat(json.get("key").textValue()).isEqualTo("encrypted");
        assertThat(json.get("kept_in").textValue()).isEqualTo(encrypted.toString());
        assertThat(plain).doesNotExist();

        JsonNode shown = id("show", "--json", "--passphrase-file", words(WORDS)).json();
        assertThat(shown).isEqualTo(json);
        assertThat(shown.get("node_id").textValue())
                .isEqualTo(NodeId.ofAddress(Address.parse(json.get("address").textValue()))
                        .toString());
    }

    @Test
    void anEmptyPassphraseEncryptsNothing() throws Exception {
        assertFailed(
                2,
                "the new passphrase for " + encrypted + " is empty; choose another (see a2al id new --help)",
                id("new", "--encrypt", "--passphrase-file", file("empty", "\n")));
        assertThat(KeyFiles.in(data).form()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotShownAndNotMade() {
        assertFailed(
                1,
                "no identity in " + data + "; there is neither a file identity.key nor identity.ed25519",
                id("show"));
        assertFailed(
                1,
                "no identity in " + data + "; there is neither a file identity.key nor identity.ed25519",
                id("passphrase"));
        assertThat(data).doesNotExist();
    }

    // ---- wallets ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"ethereum", "paralism"})
    void aWalletsSecretGoesIntoAFileOfItsOwn(String family) throws Exception {
        Path secret = folder.resolve("secret");
        Cli.Result result = Cli.run("id", "new", "--family", family, "--secret-file", secret.toString());

        assertDone(result);
        String digits = Files.readString(secret).strip();
        WalletKey key = WalletKey.ofPrivateKey(Bytes.fromHex(digits).toArray());
        Address address = family.equals("ethereum") ? key.ethereumAddress() : key.paralismAddress();
        assertThat(result.outLines())
                .containsExactly("address  " + address, "node id  " + NodeId.ofAddress(address), "kept in  " + secret);
        assertOwnerOnly(secret);
        assertFailed(
                4,
                "secret file " + secret + " cannot be written: it exists already",
                Cli.run("id", "new", "--family", family, "--secret-file", secret.toString()));
        assertThat(secret).hasContent(digits + "\n");
    }

    @Test
    void aWalletsSecretIsShownOnlyWhenAsked() throws Exception {
        JsonNode json = Cli.run("id", "new", "--family", "ethereum", "--show-secret", "--json")
                .json();
        WalletKey key = WalletKey.ofPrivateKey(
                Bytes.fromHex(json.get("secret").textValue()).toArray());
        assertThat(json.get("address").textValue())
                .isEqualTo(key.ethereumAddress().toString());
    }

    @Test
    void wrongUseOfNewIsAnsweredInOneLine() {
        assertFailed(
                2,
                "not a family of wallets: \"bitcoin\"; choose ethereum or paralism (see a2al id new --help)",
                Cli.run("id", "new", "--family", "bitcoin"));
        assertFailed(
                2,
                "nowhere to put the secret; give --secret-file FILE (see a2al id new --help)",
                Cli.run("id", "new", "--family", "ethereum"));
        assertFailed(
                2,
                "a wallet's key is no identity of a node; give --secret-file FILE instead of --data and --encrypt"
                        + " (see a2al id new --help)",
                id("new", "--family", "ethereum"));
        assertFailed(
                2,
                "--secret-file and --show-secret are for wallets; give --family, too, or see a2al id export"
                        + " (see a2al id new --help)",
                id("new", "--show-secret"));
        assertThat(data).doesNotExist();
    }

    // ---- import -----------------------------------------------------------------------------------------------

    @Test
    void anEncryptedIdentityOfAnotherNodeIsTakenOverEncrypted() throws Exception {
        Cli.Result result = id("import", blob(), "--passphrase-file", words(WORDS));

        assertDone(result);
        assertThat(result.value("address")).isEqualTo(OF_BLOB.address().toString());
        assertThat(result.value("key")).isEqualTo("encrypted");
        assertThat(plain).doesNotExist();
        assertOwnerOnly(encrypted);
        assertThat(KeyFiles.in(data).identity(PassphraseSource.text(WORDS)).exportSeed())
                .isEqualTo(SEED.toArray());
    }

    @Test
    void anEncryptedIdentityIsKeptPlainOnlyWhenAsked() throws Exception {
        assertDone(id("import", blob(), "--plain", "--passphrase-file", words(WORDS)));
        assertThat(encrypted).doesNotExist();
        assertThat(KeyFiles.in(data).identity(PassphraseSource.none()).exportSeed())
                .isEqualTo(SEED.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "0x%s"})
    void aSeedIsTakenOver(String form) throws Exception {
        Cli.Result result = id("import", file("seed", form.formatted(SEED.toHex())));
        assertDone(result);
        assertThat(result.value("address")).isEqualTo(OF_BLOB.address().toString());
        assertThat(result.value("key")).isEqualTo("plain");
    }

    @Test
    void aSeedIsEncryptedWhenAsked() throws Exception {
        assertDone(id("import", file("seed", SEED.toHex()), "--encrypt", "--passphrase-file", words(WORDS)));
        assertThat(KeyFiles.in(data).form()).contains(KeyForm.ENCRYPTED);
        assertThat(KeyFiles.in(data).identity(PassphraseSource.text(WORDS)).exportSeed())
                .isEqualTo(SEED.toArray());
    }

    @Test
    void whatIsNoIdentityIsRefusedInOneLine() throws Exception {
        String hint = " (see a2al id import --help)";
        String nonsense = file("nonsense", "no identity");
        assertFailed(
                2,
                "file " + nonsense + " holds neither an encrypted identity nor a seed of 64 hexadecimal digits" + hint,
                id("import", nonsense));
        String missing = folder.resolve("missing").toString();
        assertFailed(2, "file " + missing + " cannot be read: no such file" + hint, id("import", missing));
        Path cut = Files.write(folder.resolve("cut"), BLOB.slice(0, 94).toArray());
        assertFailed(
                2,
                "the encrypted identity in " + cut + " is damaged: it has 94 bytes instead of 95" + hint,
                id("import", cut.toString()));
        assertFailed(
                2,
                "identity file " + blob() + " does not open: the passphrase is wrong, or the file is damaged" + hint,
                id("import", blob(), "--passphrase-file", words("incorrect horse")));
        assertFailed(
                2,
                "the identity in " + blob() + " is encrypted already; leave out --encrypt" + hint,
                id("import", blob(), "--encrypt"));
        assertFailed(
                2,
                "a seed is kept in plain form anyway; leave out --plain" + hint,
                id("import", file("seed", SEED.toHex()), "--plain"));
        assertThat(KeyFiles.in(data).form()).isEmpty();
    }

    @Test
    void anIdentityThatIsThereIsNotReplaced() throws Exception {
        assertDone(id("new"));
        byte[] before = Files.readAllBytes(plain);
        assertFailed(
                4,
                plain + " holds an identity already; choose another directory, or move that file away",
                id("import", blob(), "--passphrase-file", words(WORDS)));
        assertThat(plain).hasBinaryContent(before);
        assertThat(encrypted).doesNotExist();
    }

    // ---- export -----------------------------------------------------------------------------------------------

    @Test
    void anEncryptedIdentityIsExportedAsItIsWithoutAsking() throws Exception {
        Files.createDirectory(data);
        Files.write(encrypted, BLOB.toArray());
        Path copy = folder.resolve("copy");

        Cli.Result result = id("export", copy.toString());

        assertDone(result);
        assertThat(result.outLines()).containsExactly("key  encrypted", "written to  " + copy);
        assertThat(copy).hasBinaryContent(BLOB.toArray());
        assertOwnerOnly(copy);
        assertFailed(
                4, "file " + copy + " exists already; choose another, or move it away", id("export", copy.toString()));
        assertFailed(
                4,
                "file " + folder.resolve("none/copy") + " cannot be written: no such file",
                id("export", folder.resolve("none/copy").toString()));
    }

    @Test
    void aPlainIdentityIsExportedEncrypted() throws Exception {
        assertDone(id("import", file("seed", SEED.toHex())));
        Path copy = folder.resolve("copy");
        assertDone(id("export", copy.toString(), "--passphrase-file", words("other words")));
        Identity opened = EncryptedIdentity.open(
                Bytes.copyOf(Files.readAllBytes(copy)), Files.readAllBytes(Path.of(file("utf8", "other words"))));
        assertThat(opened.exportSeed()).isEqualTo(SEED.toArray());
        assertOwnerOnly(copy);
    }

    @Test
    void theSeedIsExportedOnlyWhenAskedAndOnlyIntoAFile() throws Exception {
        Files.createDirectory(data);
        Files.write(encrypted, BLOB.toArray());
        Path seed = folder.resolve("seed");

        Cli.Result result = id("export", seed.toString(), "--seed", "--passphrase-file", words(WORDS));

        assertDone(result);
        assertThat(seed).hasContent(SEED.toHex() + "\n");
        assertOwnerOnly(seed);
        assertThat(result.out()).doesNotContain(SEED.toHex());
        assertThat(result.value("address")).isEqualTo(OF_BLOB.address().toString());
    }

    // ---- passphrase -------------------------------------------------------------------------------------------

    @Test
    void thePassphraseIsSetChangedAndTakenAway() throws Exception {
        Files.createDirectory(data);
        KeyFiles.in(data).keep(Fixtures.A);

        assertDone(id("passphrase", "--new-passphrase-file", words("first")));
        assertThat(plain).doesNotExist();
        assertFailed(
                2,
                "identity file " + encrypted
                        + " does not open: the passphrase is wrong, or the file is damaged (see a2al id passphrase"
                        + " --help)",
                id("passphrase", "--passphrase-file", words("second"), "--new-passphrase-file", words("third")));
        assertDone(id("passphrase", "--passphrase-file", words("first"), "--new-passphrase-file", words("second")));
        Cli.Result removed = id("passphrase", "--passphrase-file", words("second"), "--remove");
        assertDone(removed);
        assertThat(removed.outLines()).containsExactly("key  plain", "kept in  " + plain);
        assertThat(encrypted).doesNotExist();
        assertThat(KeyFiles.in(data).identity(PassphraseSource.none()).exportSeed())
                .isEqualTo(Fixtures.A.exportSeed());
        assertFailed(
                2,
                "--remove needs no new passphrase; leave out --new-passphrase-file (see a2al id passphrase --help)",
                id("passphrase", "--remove", "--new-passphrase-file", words("third")));
    }

    @Test
    void aRunningNodesIdentityIsNotChanged() throws Exception {
        try (DataDirectory open = DataDirectory.open(data)) {
            open.keys().keep(Fixtures.A);
            String inUse = "data directory " + data
                    + " is in use by another node; stop that node, or give this one another directory";
            assertFailed(4, inUse, id("passphrase", "--new-passphrase-file", words("first")));
            assertFailed(4, inUse, id("new"));
            assertFailed(4, inUse, id("import", blob()));
        }
    }
}
