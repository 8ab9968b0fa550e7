package io.a2al.bench.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.a2al.bench.load.LoadMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalRunTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Short for a benchmark, and long enough for a busy machine to answer something. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Launch LONE_NODE = (port, directory) -> List.of(
            JAVA,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LoneNode.class.getName(),
            Integer.toString(port));

    @Test
    void nodeThatDoesNotStartIsReportedWithItsLastOutput() {
        Launch launch = (port, directory) -> List.of(JAVA, "-XX:+NoSuchFlag");
        assertThatThrownBy(() -> LocalRun.run(launch, Scenario.ALL, Duration.ofMillis(1), Duration.ZERO, result -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the node did not start; its last output: ")
                .hasMessageNotContaining("output: none");
    }

    @Test
    void halfLoadIsHalfTheAnswersOfTheFirstRow() throws IOException {
        List<ScenarioResult> results = new ArrayList<>();
        LocalRun.run(LONE_NODE, Scenario.ALL.subList(0, 2), SHORT, Duration.ZERO, results::add);
        assertThat(results).extracting(result -> result.scenario().name()).containsExactly("ping", "ping_half_load");
        int asked = results.getLast().report().settings().rate();
        assertThat(asked).isEqualTo((int) (results.getFirst().report().answersPerSecond() / 2));
        assertThat(results.getFirst().report().settings().mode()).isEqualTo(LoadMode.PING);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.report().answered()).isPositive();
            assertThat(result.share()).isPositive();
            assertThat(result.cpuShare()).isPresent();
        });
    }

    /** Without a first row, the full rate must be measured separately; a rate of 0 would be full load. */
    @Test
    void halfLoadWithoutTheFirstRowHasARateToo() throws IOException {
        List<ScenarioResult> results = new ArrayList<>();
        LocalRun.run(LONE_NODE, Scenario.ALL.subList(1, 2), SHORT, Duration.ZERO, results::add);
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.report().settings().rate()).isPositive();
            assertThat(result.report().answered()).isPositive();
        });
    }

    @Test
    void ofANodeThatHardlyAnswersThereIsNoHalfLoad() throws IOException {
        assertThat(LocalRun.halfOf(2)).isEqualTo(1);
        assertThatThrownBy(() -> LocalRun.halfOf(1.9))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the node answered 1 requests a second, of which there is no half; give a longer --duration");
    }

    @Test
    void ceilingFollowsFromTheCostOfSignatures() {
        Ceiling ceiling = new Ceiling("any", 10, 40);
        assertThat(ceiling.perSecond(1)).isCloseTo(20_000, within(0.1));
        assertThat(ceiling.perSecond(2)).isCloseTo(11_111, within(1.0));
        assertThat(ceiling.meanWith(new Ceiling("any", 20, 20)).micros(1)).isCloseTo(45, within(0.001));
    }

    @Test
    void ceilingIsMeasured() {
        Ceiling ceiling = Ceiling.measure(Duration.ofMillis(1));
        assertThat(ceiling.signMicros()).isPositive();
        assertThat(ceiling.verifyMicros()).isPositive();
        assertThat(ceiling.provider()).isNotEmpty();
    }
}
