package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.result.SimulationResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every small profile, with fewer nodes and records, less time and one seed or a few. */
class ProfilesTest {

    private static SimulationResult run(String profile, long seed) {
        return run(profile, seed, 32, Duration.ofMinutes(profile.equals("calm") ? 2 : 4));
    }

    private static SimulationResult run(String profile, long seed, int nodes, Duration duration) {
        SimulationOptions options = Profiles.find(profile).orElseThrow();
        options = Knob.find("seed").orElseThrow().set(options, Long.toString(seed));
        return new Simulation(options.withNodes(Math.min(options.nodes(), nodes))
                        .withDuration(duration)
                        .withWork(options.work()
                                .withRecords(
                                        Math.min(options.work().publishing().records(), 20))))
                .run(Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "calm, 1, 1",
        "churn, 1, 0.98",
        "lossy, 2, 0.98",
        "partition, 1, 0.95",
        "nat, 2, 0.98",
        "chaos, 1, 0.9",
        "chaos, 2, 0.9",
        "chaos, 3, 0.9"
    })
    void checksHoldAndMostLookupsAreRight(String profile, long seed, double right) {
        SimulationResult result = run(profile, seed);
        assertThat(result.violation()).isEmpty();
        assertThat(result.lookups().lookups()).isGreaterThan(100);
        assertThat(result.lookups().rightShare()).isGreaterThanOrEqualTo(right);
    }

    @Test
    void chaosRunsAreRepeatable() {
        Duration duration = Duration.ofMinutes(2);
        assertThat(run("chaos", 9, 20, duration).hash())
                .isEqualTo(run("chaos", 9, 20, duration).hash());
    }

    @Test
    void chaosIsDrawnFromTheSeed() {
        SimulationOptions first = Profiles.chaos(5);
        assertThat(Profiles.chaos(5)).isEqualTo(first);
        assertThat(Profiles.chaos(6).withSeed(5)).isNotEqualTo(first);
        assertThat(first.describe().command()).isEqualTo("a2al sim --profile chaos --seed 5");
        assertThat(first.withNodes(7).describe().command()).isEqualTo("a2al sim --profile chaos --seed 5 --nodes 7");
    }

    @Test
    void profilesHaveDistinctNames() {
        assertThat(Profiles.all()).extracting(Profiles.Profile::name).doesNotHaveDuplicates();
        assertThat(Profiles.find("calm")).isPresent();
        assertThat(Profiles.find("stormy")).isEmpty();
    }
}
