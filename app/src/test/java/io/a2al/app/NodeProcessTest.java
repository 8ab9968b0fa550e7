package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, for what signals do. */
@Timeout(120)
class NodeProcessTest {

    @TempDir
    private Path directory;

    @Test
    void aSignalStopsANodeCleanly() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "node",
                        "--listen",
                        "127.0.0.1:0",
                        "--data",
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).startsWith("address  ");
            assertThat(out.readLine()).startsWith("node id  ");
            String listening = out.readLine().substring("listening  ".length());
            assertThat(Cli.run("ping", listening).exitCode()).isZero();

            // SIGTERM, where there are signals; the process's own method would close its output, too.
            process.toHandle().destroy();

            List<String> rest = out.lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(rest).last().isEqualTo("stopped");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
