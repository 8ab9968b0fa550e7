package io.a2al.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.sim.result.Violation;
import io.a2al.sim.search.Failure;
import io.a2al.sim.search.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimSearchCommandTest {

    /** Seed 3 fails if there are 5 nodes or more; what is said about it would steer a terminal. */
    private static final Trial ARTIFICIAL = (options, isStopped) -> options.seed() == 3 && options.nodes() >= 5
            ? Optional.of(new Failure(
                    options,
                    new Violation(
                            "rule",
                            Duration.ofMillis(1500),
                            List.of(1, 2),
                            List.of("#1 at x", "#2 at y"),
                            "broken\u001b[2J",
                            List.of("an event"))))
            : Optional.empty();

    private static Cli.Result run(String... args) {
        return Cli.execute(SimSearchCommand.commandLine(ARTIFICIAL), args);
    }

    @Test
    void failingSeedsAreNamedWithTheCommandsThatRepeatThem() {
        Cli.Result result = run("--seeds", "1..4", "--nodes", "40");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("seeds     1..4: 4 runs, 1 failed")
                .contains("FAILED    seed 3: check rule after 1.500000 s, participants #1, #2: broken\\u001b[2J")
                .contains("replay  a2al sim --profile calm --seed 3 --nodes 40\n")
                .contains("smallest  run that fails check rule, ", "an event", "#1 at x")
                .containsPattern("replay  a2al sim --profile calm --seed 3 --nodes 5 --duration 1s .*\n$");
    }

    @Test
    void whatAProfileDrawsFromTheSeedIsDrawnFromEachSeed() throws Exception {
        JsonNode drawn = run("--profile", "chaos", "--seeds", "1..3", "--tries", "0", "--json")
                .json();
        assertThat(drawn.at("/failures/0/command").asText()).isEqualTo("a2al sim --profile chaos --seed 3");
        JsonNode asked = run("--profile", "chaos", "--nodes", "7", "--seeds", "1..3", "--tries", "0", "--json")
                .json();
        assertThat(asked.at("/failures/0/command").asText()).isEqualTo("a2al sim --profile chaos --seed 3 --nodes 7");
    }

    @Test
    void programsGetTheSameAsJson() throws Exception {
        Cli.Result result = run("--seeds", "3..3", "--tries", "0", "--json");
        assertThat(result.exitCode()).isEqualTo(1);
        JsonNode json = result.json();
        assertThat(json.get("format").asInt()).isEqualTo(1);
        assertThat(json.get("seeds").asText()).isEqualTo("3..3");
        assertThat(json.get("runs").asInt()).isEqualTo(1);
        assertThat(json.get("good").asBoolean()).isFalse();
        assertThat(json.get("stopped").asBoolean()).isFalse();
        assertThat(json.at("/failures/0/seed").asInt()).isEqualTo(3);
        assertThat(json.at("/failures/0/command").asText()).isEqualTo("a2al sim --profile calm --seed 3");
        assertThat(json.at("/failures/0/violation/check").asText()).isEqualTo("rule");
        assertThat(json.at("/smallest/0/tries").asInt()).isZero();
        assertThat(json.at("/smallest/0/minimal").asBoolean()).isFalse();
    }

    @Test
    void seedsThatDoNotFailAreCounted() {
        Cli.Result result = run("--seeds", "5..9", "--jobs", "1");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("seeds     5..9: 5 runs, 0 failed\n");
    }

    @Test
    void simulationsAreSearchedByTheProgram() {
        Cli.Result result = Cli.run(
                "sim",
                "search",
                "--seeds",
                "1..2",
                "--nodes",
                "3",
                "--duration",
                "2s",
                "--joining",
                "1s",
                "--jobs",
                "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("2 runs, 0 failed");
    }

    @Test
    void wrongUseIsNamed() {
        assertWrong("1..", "--seeds", "1..");
        assertWrong("--seeds", "--nodes", "5");
        assertWrong("jobs: 0", "--seeds", "1..2", "--jobs", "0");
        assertWrong("--seed", "--seeds", "1..2", "--seed", "1");
        assertWrong("nodes: 1", "--seeds", "1..2", "--nodes", "1");
    }

    private static void assertWrong(String named, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "sim";
        all[1] = "search";
        System.arraycopy(args, 0, all, 2, args.length);
        Cli.Result result = Cli.run(all);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(named).hasLineCount(1);
    }
}
