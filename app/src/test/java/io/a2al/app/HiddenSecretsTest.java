package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.testing.SecretSearch;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither what an application holds, nor what the program writes and logs, shows a key or a passphrase. */
@Timeout(120)
class HiddenSecretsTest {

    private static final Bytes SEED = Bytes.fromHex("5ec7e75ec7e7b1a5e5ee9a11d0ddba11f00dcafe0ff1cebadc0ffee0defaced1");

    private static final String PASSPHRASE = "a passphrase of several words";

    @TempDir
    private Path folder;

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertHidden(Object object) {
        assertThat(SecretSearch.shows(object, SEED))
                .as("%s shows the key", object.getClass())
                .isFalse();
        assertThat(SecretSearch.shows(object, bytes(PASSPHRASE))
                        || object.toString().contains(PASSPHRASE))
                .as("%s shows the passphrase", object.getClass())
                .isFalse();
    }

    @Test
    void whatApplicationsHoldHidesItsSecrets() throws Exception {
        Identity identity = Identity.ofSeed(SEED.toArray());
        assertHidden(Agent.self(identity));
        KeyFiles keys = KeyFiles.in(folder);
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray());
                Passphrase wrong = Passphrase.of("another one".toCharArray())) {
            assertHidden(passphrase);
            keys.keepEncrypted(identity, passphrase, new SecureRandom());
            assertHidden(keys);
            assertHidden(catchThrowable(() -> keys.identity(PassphraseSource.text("another one"))));
            assertHidden(PassphraseSource.text(PASSPHRASE));
            assertHidden(wrong);
        }
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertHidden(DhtNode.builder().identity(identity).listen(anywhere));
        try (DhtNode node =
                DhtNode.builder().identity(identity).listen(anywhere).build().start()) {
            assertHidden(node);
            assertHidden(node.agent());
            assertHidden(node.statistics());
        }
    }

    /** With all logging on. */
    @Test
    void aNodeWritesAndLogsNoSecrets() throws Exception {
        Path data = folder.resolve("data");
        Path passphraseFile = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            Files.createDirectory(data);
            KeyFiles.in(data).keepEncrypted(Identity.ofSeed(SEED.toArray()), passphrase, new SecureRandom());
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Da2al.log.level=TRACE",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("node", "--verbose", "--listen", "127.0.0.1:0"));
        command.addAll(List.of("--data", data.toString(), "--passphrase-file", passphraseFile.toString()));
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            CompletableFuture<String> logged = CompletableFuture.supplyAsync(
                    () -> String.join("\n", err.lines().toList()));
            List<String> written = new ArrayList<>();
            while (written.isEmpty() || !written.getLast().startsWith("listening  ")) {
                written.add(out.readLine());
            }
            Cli.run("ping", written.getLast().substring("listening  ".length()));
            process.toHandle().destroy();
            written.addAll(out.lines().toList());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(logged.join()).contains(" listens on ");
            assertHidden(String.join("\n", written));
            assertHidden(logged.join());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void commandsAboutIdentitiesShowNoSecretsUnasked() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        KeyFiles.in(data).keep(Identity.ofSeed(SEED.toArray()));
        Path passphraseFile = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
        for (List<String> arguments : List.of(
                List.of("id", "show", "--data", data.toString()),
                List.of("id", "show", "--json", "--data", data.toString()),
                List.of("id", "passphrase", "--data", data.toString(), "--passphrase-file", passphraseFile.toString()),
                List.of("id", "new", "--data", data.toString()),
                List.of("id", "import", "--data", data.toString(), passphraseFile.toString()))) {
            Cli.Result result = Cli.run(arguments.toArray(String[]::new));
            assertHidden(result.out());
            assertHidden(result.err());
        }
    }
}
