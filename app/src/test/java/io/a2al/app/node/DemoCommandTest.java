package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.app.Main;
import io.a2al.protocol.record.EndpointPayload;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoCommandTest {

    private static Set<Thread> nodeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("a2al-"))
                .collect(Collectors.toSet());
    }

    @Test
    void aNetworkAnswersRightAndLeavesNothingBehind() {
        Set<Thread> before = nodeThreads();

        Cli.Result result = Cli.run("demo", "--nodes", "8");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .doesNotContain("WRONG")
                .contains("started 8 nodes", "joined", "published 3 endpoint records", "resolved", "discovered 3")
                .contains("https://agent0.example/a2a, quic://agent0.example:4121");
        assertThat(result.outLines()).last().isEqualTo("all answers were right");
        assertThat(nodeThreads()).isSubsetOf(before);
    }

    @Test
    void aNetworkAnswersRightInJson() throws Exception {
        JsonNode json = Cli.run("demo", "--nodes", "4", "--json").json();

        assertThat(json.get("nodes").intValue()).isEqualTo(4);
        assertThat(json.get("right").booleanValue()).isTrue();
        assertThat(json.get("steps")).hasSizeGreaterThanOrEqualTo(9).allSatisfy(step -> {
            assertThat(step.get("step").textValue()).isNotEmpty();
            assertThat(step.get("elapsed_ms").isNumber()).isTrue();
            assertThat(step.get("right").booleanValue()).isTrue();
        });
    }

    @Test
    void aWrongAnswerIsNoticed() throws Exception {
        EndpointPayload other = EndpointPayload.of(List.of("https://other.example/a2a"));
        DemoCommand broken =
                new DemoCommand(payload -> payload.endpoints().getFirst().contains("agent1") ? other : payload);

        Cli.Result result = Cli.execute(Main.commandLine(List.of(() -> broken)), "demo", "--nodes", "5");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).containsExactly("the network gave a wrong answer; see the steps marked as wrong");
        assertThat(result.outLines())
                .filteredOn(line -> line.contains("WRONG"))
                .singleElement()
                .asString()
                .contains("WRONG: resolved ")
                .endsWith(" to https://other.example/a2a");
        assertThat(result.out()).doesNotContain("all answers were right");
    }
}
