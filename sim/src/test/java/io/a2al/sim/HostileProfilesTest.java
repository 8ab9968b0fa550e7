package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.attack.Sybils;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Verdict;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profiles with attackers, with fewer nodes and records, and less time. */
class HostileProfilesTest {

    private static LookupSummary run(String profile, int nodes, long seed) {
        return run(Profiles.find(profile).orElseThrow().withNodes(nodes).withSeed(seed));
    }

    private static LookupSummary run(SimulationOptions options) {
        SimulationResult result = new Simulation(options.withDuration(Duration.ofSeconds(12))
                        .withLife(options.life().withJoining(Duration.ofSeconds(10)))
                        .withWork(options.work().withRecords(15).withLookupsPerMinute(240)))
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

    private static LookupSummary runSurrounded(int nodes, long seed, AddressPlan addresses, Sybils sybils) {
        SimulationOptions options = Profiles.find("censor")
                .orElseThrow()
                .withNodes(nodes)
                .withSeed(seed)
                .withAddresses(addresses);
        return run(options.withAttack(options.attack().withSybils(sybils)));
    }

    /**
     * No lookup finds it at the nearest nodes. A node that takes the network for very small has no verdict, and in so
     * small a network some do.
     */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aRecordSurroundedFromTwentyNetworksIsFoundInItsVicinity(long seed) {
        LookupSummary lookups = runSurrounded(170, seed, AddressPlan.CALM, new Sybils(40, false, 20, 0, 0));
        assertThat(lookups.rightShare()).isGreaterThan(0.8);
        assertThat(lookups.surrounded()).isPositive();
    }

    /**
     * All identities are of one provider, whose network counts as a whole. If only sites counted, lookups would miss
     * the record, or find it in its vicinity only, for many more requests.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 40"})
    void aRecordSurroundedFromOneProviderIsFound(int ipv6Share, int regions) {
        AddressPlan addresses = AddressPlan.CALM.withIpv6Share(ipv6Share);
        LookupSummary lookups = runSurrounded(100, 1, addresses, new Sybils(40, ipv6Share > 0, 40, regions, 1));
        assertThat(lookups.rightShare()).isEqualTo(1);
        assertThat(lookups.meanAsked()).isLessThan(11);
    }

    @ParameterizedTest
    @CsvSource({"byzantine20, 1", "byzantine50, 1", "byzantine50, 2"})
    void liarsAndSilentNodesDoNotHideRecords(String profile, long seed) {
        assertThat(run(profile, 40, seed).rightShare()).isEqualTo(1);
    }
}
