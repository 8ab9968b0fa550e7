package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages of commands to which no node answers. All in one test, because each waits for its timeout. */
@Timeout(120)
class NoAnswerTest {

    @TempDir
    private Path directory;

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @Test
    void everyCommandNamesWhoWasAsked() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String seed = "127.0.0.1:" + silent.getLocalPort();
            List<String[]> commands = List.of(
                    new String[] {"ping", seed},
                    new String[] {"resolve", ADDRESS, "--bootstrap", seed},
                    new String[] {"discover", "ai/demo", "--bootstrap", seed},
                    new String[] {"publish", "--endpoint", "https://a.example/a2a", "--bootstrap", seed});
            List<CompletableFuture<Cli.Result>> running =
                    commands.stream().map(NoAnswerTest::start).toList();
            CompletableFuture<Cli.Result> json = start("ping", seed, "--json");

            try (RunningCommand node = RunningCommand.start(
                    "node",
                    "--listen",
                    "127.0.0.1:0",
                    "--data",
                    directory.toString(),
                    "--api",
                    "none",
                    "--bootstrap",
                    seed)) {
                assertThat(node.err().next())
                        .isEqualTo("no answer from " + seed + "; is a node running there? This node keeps trying");
                assertThat(node.stop()).isZero();
            }
            for (CompletableFuture<Cli.Result> result : running) {
                Cli.Result ended = result.get(60, TimeUnit.SECONDS);
                assertThat(ended.errLines()).containsExactly("no answer from " + seed + "; is a node running there?");
                assertThat(ended.out()).isEmpty();
                assertThat(ended.exitCode()).isEqualTo(3);
            }
            Cli.Result ended = json.get(60, TimeUnit.SECONDS);
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.json().get("answered").booleanValue()).isFalse();
        }
    }

    private static CompletableFuture<Cli.Result> start(String... command) {
        CompletableFuture<Cli.Result> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> result.complete(Cli.run(command)));
        return result;
    }
}
