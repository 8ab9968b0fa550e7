package io.a2al.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.Cli;
import io.a2al.sim.Profiles;
import io.a2al.sim.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimCommandTest {

    private static Cli.Result run(String... args) throws Exception {
        String[] all = new String[args.length + 9];
        String[] small = {"sim", "--nodes", "12", "--duration", "20s", "--joining", "20s", "--records", "5"};
        System.arraycopy(small, 0, all, 0, small.length);
        System.arraycopy(args, 0, all, small.length, args.length);
        return Cli.run(all);
    }

    private static JsonNode json(String... args) throws Exception {
        Cli.Result result = run(args);
        assertThat(result.exitCode()).isZero();
        return result.json();
    }

    @Test
    void aRunIsRepeatedByItsCommandAndSaysHowItWent() throws Exception {
        JsonNode first = json("--seed", "7", "--json");
        JsonNode again = json("--seed", "7", "--json");
        JsonNode other = json("--seed", "8", "--json");
        assertThat(first.get("hash").asText())
                .matches("[0-9a-f]{16}")
                .isEqualTo(again.get("hash").asText());
        assertThat(other.get("hash")).isNotEqualTo(first.get("hash"));
        assertThat(first.get("command").asText())
                .isEqualTo("a2al sim --profile calm --seed 7 --nodes 12 --duration 20s --joining 20s --records 5");
        assertThat(first.get("good").asBoolean()).isTrue();
        assertThat(first.at("/lookups/count").asInt()).isPositive();
        assertThat(first.at("/lookups/right_share").asDouble()).isEqualTo(1);
        assertThat(first.at("/options/loss").asText()).isEqualTo("0.0");
        assertThat(first.at("/traffic/types/0/type").asText()).isEqualTo("PING");
        assertThat(first.at("/traffic/types/0/messages").asInt()).isPositive();
    }

    @Test
    void tooLittleMemoryIsReportedWithTheMemoryNeeded() {
        SimulationOptions large = Profiles.find("scale100k").orElseThrow();
        assertThat(SimCommand.memoryWarning(large, 6L << 30))
                .contains("100,000 nodes do not fit into 6.0 GiB of heap; give them more, as with"
                        + " A2AL_JAVA_OPTS=-Xmx16g");
        assertThat(SimCommand.memoryWarning(large, 15L << 30)).isEmpty();
        assertThat(SimCommand.memoryWarning(large.withNodes(10_000), 6L << 30)).isEmpty();
    }

    @Test
    void peopleGetASummaryWithTheHash() throws Exception {
        Cli.Result result = run("--loss", "0.01");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("--loss 0.01")
                .containsPattern("lookups +[0-9]+: [0-9.]+ % right")
                .containsPattern("hash  [0-9a-f]{16}");
    }

    @Test
    void aPageAndNumbersAreWrittenToFiles(@TempDir Path directory) throws Exception {
        Path page = directory.resolve("out.html");
        Path numbers = directory.resolve("out.json");
        Cli.Result result = run("--seed", "5", "--report", page.toString(), "--json", numbers.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("hash  ");
        JsonNode json = new ObjectMapper().readTree(numbers.toFile());
        assertThat(result.value("hash")).isEqualTo(json.get("hash").asText());
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("seed 5", result.value("hash"));
    }

    /** As by Ctrl-C. */
    @Test
    void whatHappenedBeforeTheRunWasStoppedIsInTheFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("trace.txt");
        AtomicInteger left = new AtomicInteger(1000);
        Cli.Result result = Cli.execute(
                SimCommand.commandLine(() -> left.decrementAndGet() == 0),
                "--nodes",
                "12",
                "--duration",
                "10m",
                "--trace",
                file.toString());
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.errLines()).singleElement().asString().startsWith("stopped after ");
        long events = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .count();
        assertThat(events).isGreaterThanOrEqualTo(1000);
        assertThat(result.out())
                .contains(String.format(Locale.ROOT, " %,d events, ", events))
                .doesNotContain("minutes: 0 lookups");
    }

    @Test
    void theFiguresOfAStoppedRunAreWritten(@TempDir Path directory) throws Exception {
        Path numbers = directory.resolve("out.json");
        AtomicInteger left = new AtomicInteger(1000);
        Cli.Result result = Cli.execute(
                SimCommand.commandLine(() -> left.decrementAndGet() <= 0),
                "--nodes",
                "12",
                "--json=" + numbers,
                "--report",
                directory.resolve("out.html").toString());
        assertThat(result.exitCode()).isEqualTo(130);
        JsonNode json = new ObjectMapper().readTree(numbers.toFile());
        assertThat(json.get("stopped").asBoolean()).isTrue();
        assertThat(json.at("/traffic/messages").asInt()).isPositive();
        assertThat(directory.resolve("out.html")).content().contains("Stopped after ");
    }

    /** Descriptions are formats; one that is none is shown as it is, with a warning on the console. */
    @Test
    void percentSignsInDescriptionsAreText() {
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        PrintStream console = System.err;
        try {
            System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
            assertThat(Cli.run("sim", "--help").out()).contains("63 % are shorter");
        } finally {
            System.setErr(console);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void everythingThatHappensIsWrittenToAFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("trace.txt");
        Cli.Result result = run("--seed", "5", "--trace", file.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(file)
                .content()
                .startsWith("# a2al sim --profile calm --seed 5 --nodes 12 ")
                .contains(" is switched on\n", " sent FIND_NODE of ")
                .endsWith("# hash " + result.value("hash") + "\n");
    }

    @Test
    void filesThatCannotBeWrittenAreNamedBeforeAnythingRuns(@TempDir Path directory) throws Exception {
        Path nowhere = directory.resolve("missing/out.html");
        Cli.Result report = run("--report", nowhere.toString());
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err()).contains("--report", nowhere.toString()).hasLineCount(1);
        assertThat(report.out()).isEmpty();
        Cli.Result json = run("--json", directory.toString());
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(json.err()).contains("--json", directory.toString()).hasLineCount(1);
    }

    @Test
    void wrongUseIsNamed() throws Exception {
        Cli.Result profile = Cli.run("sim", "--profile", "stormy");
        assertThat(profile.exitCode()).isEqualTo(2);
        assertThat(profile.err()).contains("\"stormy\"", "calm");
        Cli.Result loss = Cli.run("sim", "--loss", "2");
        assertThat(loss.exitCode()).isEqualTo(2);
        assertThat(loss.err()).contains("--loss 2", "0 to 1").hasLineCount(1);
        assertThat(Cli.run("sim", "--help").out()).contains("--profile", "--zipf", "a2al sim");
    }
}
