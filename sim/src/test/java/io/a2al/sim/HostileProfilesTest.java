package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Verdict;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profiles with attackers, with fewer nodes and less time. */
class HostileProfilesTest {

    private static LookupSummary run(String profile, int nodes, long seed) {
        SimulationOptions options =
                Profiles.find(profile).orElseThrow().withNodes(nodes).withSeed(seed);
        SimulationResult result = new Simulation(options.withDuration(Duration.ofSeconds(12))
                        .withLife(options.life().withJoining(Duration.ofSeconds(10)))
                        .withWork(options.work().withLookupsPerMinute(240)))
                .run(Progress.NONE);
        assertThat(result.violation()).isEmpty();
        assertThat(result.lookups().lookups()).isGreaterThan(30);
        assertThat(result.lookups().count(Verdict.FORGED)).isZero();
        return result.lookups();
    }

    /**
     * With these seeds no lookup finds the record unless lookups and replicas are limited to a share of each network.
     */
    @ParameterizedTest
    @CsvSource({"2", "6"})
    void aRecordSurroundedFromFourNetworksIsFound(long seed) {
        assertThat(run("sybil", 56, seed).rightShare()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"byzantine20, 1", "byzantine50, 1", "byzantine50, 2"})
    void liarsAndSilentNodesDoNotHideRecords(String profile, long seed) {
        assertThat(run(profile, 40, seed).rightShare()).isEqualTo(1);
    }
}
