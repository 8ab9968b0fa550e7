package io.a2al.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.Main;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.bench.load.LoadMode;
import io.a2al.bench.load.LoadReport;
import io.a2al.bench.load.LoadSettings;
import io.a2al.bench.local.Ceiling;
import io.a2al.bench.local.CrashReport;
import io.a2al.bench.local.CrashSettings;
import io.a2al.bench.local.Scenario;
import io.a2al.bench.local.ScenarioResult;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class BenchCommandTest {

    @Test
    void theProgramThatIsStartedAgainIsThisOne() {
        assertThat(SelfLaunch.PROGRAM).isEqualTo(Main.class.getName());
    }

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
            assertThat(json.get("average_reply_bytes").asDouble()).isEqualTo(166);
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
    void localMeasuresANodeOfItsOwnBesideTheCeiling(@TempDir Path directory) throws Exception {
        Path earlier = directory.resolve("earlier.json");
        Files.writeString(
                earlier,
                Json.object()
                        .set("rows", rows(LocalTable.toJson(PING_AT_HALF_THE_CEILING)))
                        .toString());
        Cli.Result result =
                Cli.run("bench", "local", "--only", "ping", "--duration", "1", "--warmup", "0", "--compare=" + earlier);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.outLines())
                .anyMatch(line -> line.matches("ping  .*%.*%.*"))
                .anyMatch(line -> line.matches("  earlier  +10,000 +20,000 +50% +50%"));
    }

    @Test
    void aRowThatLostMoreThanAllowedIsNamed() throws Exception {
        Losses none = new Losses(Map.of("ping", LocalTable.toJson(PING_AT_HALF_THE_CEILING)), 0);
        none.add(PING_AT_HALF_THE_CEILING);
        none.check();

        ObjectNode faster = LocalTable.toJson(PING_AT_HALF_THE_CEILING).put("cpu_share", 0.6);
        Losses within = new Losses(Map.of("ping", faster), 17);
        within.add(PING_AT_HALF_THE_CEILING);
        within.check();

        Losses beyond = new Losses(Map.of("ping", faster), 16);
        beyond.add(PING_AT_HALF_THE_CEILING);
        assertThatThrownBy(beyond::check)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessageStartingWith("slower by more than 16 %: ping (cpu share 50 % instead of 60 %); ");
    }

    @Test
    void sharesAreNotComparedBetweenSignatureLibraries() {
        ObjectNode other = LocalTable.toJson(PING_AT_HALF_THE_CEILING).put("provider", "another");
        Losses losses = new Losses(Map.of("ping", other), 100);
        losses.add(PING_AT_HALF_THE_CEILING);
        assertThatThrownBy(losses::check).hasMessageContaining("ping (signed by any instead of another)");
    }

    private static final ScenarioResult PING_AT_HALF_THE_CEILING = new ScenarioResult(
            Scenario.ALL.getFirst(),
            new LoadReport(
                    LoadSettings.of(LoadMode.PING),
                    Duration.ofSeconds(1),
                    10_000,
                    0,
                    0,
                    50,
                    0,
                    1_660_000,
                    Duration.ofMillis(1),
                    Duration.ofMillis(2),
                    Duration.ofMillis(3),
                    Duration.ofMillis(4),
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.empty()),
            new Ceiling("any", 10, 40));

    private static ArrayNode rows(ObjectNode row) {
        return JsonNodeFactory.instance.arrayNode().add(row);
    }

    @Test
    void wrongUseOfLocalNamesTheValue(@TempDir Path directory) {
        assertThat(Cli.run("bench", "local", "--only", "pong").err())
                .startsWith("no such row: \"pong\"; choose among [ping, ");
        assertThat(Cli.run("bench", "local", "--duration", "0").err()).startsWith("0 seconds; give 1 to 600");
        assertThat(Cli.run(
                                "bench",
                                "local",
                                "--compare",
                                directory.resolve("none").toString())
                        .err())
                .startsWith("no rows in ");
        assertThat(Cli.run("bench", "local", "--max-loss", "15").err())
                .startsWith("--max-loss 15 needs --compare FILE");
    }

    @Test
    void aLossOfMoreThanEverythingIsWrongUse(@TempDir Path directory) throws Exception {
        Path earlier = directory.resolve("earlier.json");
        Files.writeString(
                earlier,
                Json.object()
                        .set("rows", rows(LocalTable.toJson(PING_AT_HALF_THE_CEILING)))
                        .toString());
        assertThat(Cli.run("bench", "local", "--compare=" + earlier, "--max-loss=101")
                        .err())
                .startsWith("101 percent of loss; give 0 to 100");
    }

    @Test
    void wrongUseNamesTheValue() {
        assertWrong("no such mode: \"sing\"; choose one of [ping, find_node, ", "--mode", "sing");
        assertWrong("0 identities; give 1 to 10000", "--identities", "0");
        assertWrong("0 requests in flight; give 1 to 65536", "--window", "0");
        assertWrong("0 seconds; give 1 to 3600", "--duration", "0");
        assertWrong("no such process: ", "--pid", Long.toString(Long.MAX_VALUE));
    }

    private static void assertWrong(String message, String option, String value) {
        Cli.Result result = Cli.run("bench", "load", "127.0.0.1:9", option, value);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith(message);
        assertThat(result.errLines()).hasSize(1);
    }

    @Test
    void wrongUseOfJmhNamesTheValue() {
        Cli.Result result = Cli.run("bench", "jmh", "--seconds", "0");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("0 seconds; give 1 to 60");
        assertThat(Cli.run("bench", "jmh", "[").err()).startsWith("not a regular expression: \"[\"");
    }

    @Test
    void startsAreMeasured() throws Exception {
        JsonNode json = Cli.run("bench", "start", "--times", "1", "--json").json();
        assertThat(json.get("cold_median_ms").asLong()).isPositive();
        assertThat(json.has("cached_median_ms")).isFalse();
        assertThat(Cli.run("bench", "start", "--times", "0").err()).startsWith("0 starts; give 1 to 1000");
    }

    @Test
    void anIdleNodeIsWatched() throws Exception {
        JsonNode json = Cli.run("bench", "idle", "--others", "1", "--settle", "0", "--duration", "1", "--json")
                .json();
        assertThat(json.get("core_share").asDouble()).isNotNegative();
        assertThat(json.get("heap_bytes").asLong()).isGreaterThan(1 << 20);
        assertThat(json.has("resident_bytes")).isEqualTo(Files.exists(Path.of("/proc/self/status")));
        assertThat(Cli.run("bench", "idle", "--others", "0").err()).startsWith("0 other nodes; give 1 to 200");
    }

    @Test
    void theHttpInterfaceIsPutUnderLoad() throws Exception {
        JsonNode json = Cli.run(
                        "bench",
                        "http",
                        "--resolves=20",
                        "--readers=2",
                        "--addresses=2",
                        "--others=2",
                        "--warmup=0",
                        "--calm=1",
                        "--duration=1",
                        "--json")
                .json();
        assertThat(json.get("answered").asLong() + json.get("late").asLong()).isPositive();
        assertThat(json.get("failed").asLong()).isZero();
        assertThat(json.get("readers").asInt()).isEqualTo(2);
        for (String pings : List.of("pings_before", "pings_during")) {
            assertThat(json.get(pings).get("answered").asLong()
                            + json.get(pings).get("lost").asLong())
                    .isPositive();
        }
        assertThat(Cli.run("bench", "http", "--readers", "1025").err()).startsWith("1025 readers; give 0 to 1024");
    }

    @Test
    void aNodeIsKilledAndHasItsRecords() throws Exception {
        Cli.Result result = Cli.run(
                "bench", "crash", "--times", "1", "--load", "100", "--durability", "strict", "--seed", "8", "--json");
        JsonNode json = result.json();
        assertThat(result.exitCode()).isZero();
        assertThat(json.get("kills").asInt()).isEqualTo(1);
        assertThat(json.get("acknowledged").asLong()).isPositive();
        assertThat(json.get("checked").asLong())
                .isEqualTo(2 * json.get("acknowledged").asLong());
        assertThat(json.get("lost").asInt()).isZero();
        assertThat(json.get("durability").asText()).isEqualTo("strict");
        assertThat(json.get("seed").asLong()).isEqualTo(8);
    }

    @Test
    void lostRecordsAreNamedAndEndTheCommandWithOne() {
        CrashSettings settings = new CrashSettings(3, 100, Duration.ZERO, Duration.ZERO, 1);
        List<NodeId> keys = IntStream.range(0, 7)
                .mapToObj(i -> NodeId.of(Bytes.copyOf(new byte[NodeId.LENGTH])))
                .toList();
        CrashReport lost =
                new CrashReport(3, 9, 9, keys, Duration.ofMillis(1250), Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(BenchCrashCommand.exitCode(lost, settings)).isEqualTo(1);
        assertThat(BenchCrashCommand.lost(lost))
                .startsWith("7 records, confirmed up to 1.25 s before a kill: 0000")
                .endsWith(", …");
        ObjectNode json = BenchCrashCommand.toJson(lost);
        assertThat(json.get("lost").asInt()).isEqualTo(7);
        assertThat(json.get("lost_keys")).hasSize(5);
        CrashReport stopped =
                new CrashReport(2, 9, 9, List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(BenchCrashCommand.exitCode(stopped, settings)).isEqualTo(130);
    }

    @Test
    void wrongUseOfCrashNamesTheValue() {
        assertThat(Cli.run("bench", "crash", "--times", "0").err()).startsWith("0 kills; give 1 to 100000");
        assertThat(Cli.run("bench", "crash", "--load", "0").err()).startsWith("0 records a second; give 1 to 10000");
        Cli.Result result = Cli.run("bench", "crash", "--durability", "none");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("durability none promises nothing to check; use second or strict");
    }

    @Test
    void aRestartIsMeasured() throws Exception {
        JsonNode json = Cli.run("bench", "restart", "--records", "50", "--times", "1", "--json")
                .json();
        assertThat(json.get("records").asInt()).isEqualTo(50);
        for (String time : List.of("first_answer_ms", "last_record_ms", "sample_ms")) {
            assertThat(json.get(time)).hasSize(1);
        }
        assertThat(Cli.run("bench", "restart", "--records", "0").err()).startsWith("0 records; give 1 to 2000000");
        assertThat(Cli.run("bench", "restart", "--times", "0").err()).startsWith("0 restarts; give 1 to 1000");
    }

    @Test
    void memoryIsMeasured() throws Exception {
        JsonNode json = Cli.run("bench", "memory", "--records", "200", "--json").json();
        assertThat(json.get("bytes_per_record").asDouble())
                .isGreaterThan(json.get("record_encoding_bytes").asDouble());
        assertThat(json.get("bytes_per_contact").asDouble()).isPositive();
        assertThat(json.get("bytes_per_pending_request").asDouble()).isPositive();
        assertThat(json.get("bytes_per_idle_node").asDouble()).isPositive();
        assertThat(Cli.run("bench", "memory", "--records", "0").err()).startsWith("0 records; give 1 to 100000");
    }

    @Test
    void withoutACommandTheyAreListed() {
        Cli.Result result = Cli.run("bench");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("load");
    }
}
