package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BenchCommandTest {

    @Test
    void loadReportsAsTextAndAsJson() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(1)) {
            String[] args = {
                "bench",
                "load",
                network.seed(),
                "--mode",
                "ping",
                "--duration",
                "1",
                "--warmup",
                "0",
                "--rate",
                "500",
                "--pid",
                Long.toString(ProcessHandle.current().pid()),
                "--json"
            };
            Cli.Result result = Cli.run(args);
            assertThat(result.exitCode()).isZero();
            JsonNode json = result.json();
            assertThat(json.get("mode").asText()).isEqualTo("ping");
            assertThat(json.get("node").asText()).isEqualTo(network.seed());
            assertThat(json.get("answered").asLong()).isBetween(1L, 501L);
            assertThat(json.get("wrong").asLong()).isZero();
            assertThat(json.get("average_reply_octets").asDouble()).isEqualTo(166);
            assertThat(json.has("server_cpu_us_per_answer")).isTrue();
            assertThat(json.has("client_cpu_share")).isTrue();

            args[args.length - 1] = "--unproven";
            assertThat(Cli.run(args).outLines())
                    .anyMatch(line -> line.matches("ping  \\d+ answers/s over 1\\.0 s"))
                    .anyMatch(line -> line.startsWith("latency  p50 "))
                    .contains("lost  0, wrong 0");
        }
    }

    @Test
    void wrongUseNamesTheValue() {
        assertWrong("no such mode: \"sing\"; choose one of [ping, find_node, ", "--mode", "sing");
        assertWrong("0 identities; give 1 to 10000", "--identities", "0");
        assertWrong("0 requests under way; give 1 to 65536", "--window", "0");
        assertWrong("0 seconds; give 1 to 3600", "--duration", "0");
        assertWrong("there is no process ", "--pid", Long.toString(Long.MAX_VALUE));
    }

    private static void assertWrong(String message, String option, String value) {
        Cli.Result result = Cli.run("bench", "load", "127.0.0.1:9", option, value);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith(message);
        assertThat(result.errLines()).hasSize(1);
    }

    @Test
    void withoutACommandTheyAreListed() {
        Cli.Result result = Cli.run("bench");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("load");
    }
}
