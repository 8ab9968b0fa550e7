package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, for what signals do. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are ended there without being asked")
class SignalTest {

    @TempDir
    private Path directory;

    private static Process start(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** By SIGTERM; the process's own method would close its output, too. */
    private static List<String> stop(Process process, BufferedReader out) throws Exception {
        process.toHandle().destroy();
        List<String> rest = out.lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return rest;
    }

    @Test
    void aSignalStopsANodeCleanly() throws Exception {
        Process process = start("node", "--listen", "127.0.0.1:0", "--data", directory.toString());
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).startsWith("address  ");
            assertThat(out.readLine()).startsWith("node id  ");
            String listening = out.readLine().substring("listening  ".length());
            assertThat(Cli.run("ping", listening).exitCode()).isZero();

            assertThat(stop(process, out)).last().isEqualTo("stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSignalStopsAKeptPublicationCleanlyAsSoonAsItIsAnnounced() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(1)) {
            Process process = start("publish", "--bootstrap", network.seed(), "--topic", "ai/demo", "--keep", "--json");
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.readLine()).startsWith("{\"address\":");

                assertThat(stop(process, out)).isEmpty();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
