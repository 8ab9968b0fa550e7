package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.RunningCommand;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.protocol.crypto.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that work with an encrypted identity. What {@code id} does with it is tested on its own. */
@Timeout(120)
class PassphraseOptionsTest {

    private static final Path FILE = Path.of("identity.ed25519");

    private static final Identity IDENTITY = Identity.generate(new SecureRandom());

    @TempDir
    private static Path sealed;

    @TempDir
    private Path folder;

    // ---- which source counts ----------------------------------------------------------------------------------

    private static PassphraseSource choose(
            Optional<Path> file, Optional<String> value, Optional<PassphraseSource> terminal) {
        return PassphraseOptions.choose(file, "--passphrase-file", "A2AL_PASSPHRASE", value, terminal);
    }

    /** Passphrases cannot be looked at, but compared. */
    private static void assertSame(PassphraseSource source, String expected) throws Exception {
        try (Passphrase passphrase = source.passphraseOf(FILE);
                Passphrase same = Passphrase.of(expected.toCharArray())) {
            assertThat(passphrase).usingRecursiveComparison().isEqualTo(same);
        }
    }

    @Test
    void aFileCountsBeforeTheVariableAndThatBeforeTheTerminal() throws Exception {
        Path file = Files.writeString(folder.resolve("passphrase"), "of the file\n");
        Optional<PassphraseSource> terminal =
                Optional.of(PassphraseSource.prompt(question -> "of the terminal".toCharArray()));

        assertSame(choose(Optional.of(file), Optional.of("of the variable"), terminal), "of the file");
        assertSame(choose(Optional.empty(), Optional.of("of the variable"), terminal), "of the variable");
        assertSame(choose(Optional.empty(), Optional.of(""), terminal), "");
        assertSame(choose(Optional.empty(), Optional.empty(), terminal), "of the terminal");
        assertThatThrownBy(() -> choose(Optional.empty(), Optional.empty(), Optional.empty())
                        .passphraseOf(FILE))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("no passphrase for identity.ed25519; give it with --passphrase-file FILE, in"
                        + " $A2AL_PASSPHRASE, or at a terminal");
    }

    @Test
    void aNewPassphraseIsNotEmpty() throws Exception {
        assertSame(PassphraseOptions.notEmpty(PassphraseSource.text("words")), "words");
        assertThatThrownBy(() ->
                        PassphraseOptions.notEmpty(PassphraseSource.text("")).passphraseOf(FILE))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("the new passphrase for identity.ed25519 is empty; choose another");
    }

    // ---- commands ---------------------------------------------------------------------------------------------

    /** Encrypted once, with "open sesame", as deriving its key takes some tenths of a second. */
    @BeforeAll
    static void encrypt() throws Exception {
        try (DataDirectory data = DataDirectory.open(sealed);
                Passphrase passphrase = Passphrase.of("open sesame".toCharArray())) {
            data.keys().keepEncrypted(IDENTITY, passphrase, new SecureRandom());
        }
    }

    @BeforeEach
    void copy() throws Exception {
        Files.copy(sealed.resolve(FILE), folder.resolve(FILE), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private String passphraseFile(String words) throws Exception {
        return Files.writeString(folder.resolve("passphrase"), words + "\n").toString();
    }

    private static void assertWrongUse(Cli.Result result, String line) {
        assertThat(result.errLines()).containsExactly(line);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void aNodeOpensAnEncryptedIdentity() throws Exception {
        try (RunningCommand node = RunningCommand.start(
                "node",
                "--listen",
                "127.0.0.1:0",
                "--data",
                folder.toString(),
                "--passphrase-file",
                passphraseFile("open sesame"))) {
            assertThat(node.awaitValue("address")).isEqualTo(IDENTITY.address().toString());
        }
    }

    @Test
    void aPublisherOpensAnEncryptedIdentity() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(5)) {
            Cli.Result result = Cli.run(
                    "publish",
                    "--bootstrap",
                    network.seed(),
                    "--endpoint",
                    "https://agent.example/a2a",
                    "--data",
                    folder.toString(),
                    "--passphrase-file",
                    passphraseFile("open sesame"));
            assertThat(result.err()).isEmpty();
            assertThat(result.value("address")).isEqualTo(IDENTITY.address().toString());
        }
    }

    @Test
    void withoutTheRightPassphraseOneLineSaysSo() throws Exception {
        Path file = folder.resolve("identity.ed25519");
        assertWrongUse(
                Cli.run("node", "--listen", "127.0.0.1:0", "--data", folder.toString()),
                "no passphrase for " + file + "; give it with --passphrase-file FILE, in $A2AL_PASSPHRASE, or at a"
                        + " terminal (see a2al node --help)");
        assertWrongUse(
                Cli.run(
                        "node",
                        "--listen",
                        "127.0.0.1:0",
                        "--data",
                        folder.toString(),
                        "--passphrase-file",
                        passphraseFile("open barley")),
                "identity file " + file
                        + " does not open: the passphrase is wrong, or the file is damaged (see a2al node --help)");
    }
}
