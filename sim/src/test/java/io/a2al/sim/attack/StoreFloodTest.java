package io.a2al.sim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.CrowdSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.work.CrowdSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Honest records stay where attackers fill the stores, in networks small enough for a test. */
class StoreFloodTest {

    private static final SimulationOptions FLOOD = Profiles.find("flood").orElseThrow();

    private static SimulationResult run(AttackKind kind, double share, int records, CrowdSettings crowds) {
        SimulationOptions options = FLOOD.withNodes(24)
                .withDuration(Duration.ofSeconds(6))
                .withLife(FLOOD.life().withJoining(Duration.ofSeconds(5)))
                .withWork(FLOOD.work()
                        .withRecords(records)
                        .withPublishersLeave(kind == AttackKind.NEAR_FLOOD)
                        .withLookupsPerMinute(240)
                        .withCrowds(crowds))
                .withAttack(new AttackSettings(List.of(kind), share));
        SimulationResult result = new Simulation(options).run(Progress.NONE);
        assertThat(result.violation()).isEmpty();
        assertThat(result.lookups().lookups()).isGreaterThan(15);
        return result;
    }

    /** More than half of all nodes are in one /16, each in a /24 of its own, more than a topic has places. */
    @Test
    void manyNetworksOfOneProviderDoNotTakeATopic() {
        CrowdSummary crowds = run(AttackKind.TOPIC_FLOOD, 0.65, 4, new CrowdSettings(1, 5, 0))
                .crowds()
                .orElseThrow();
        assertThat(crowds.members().expected()).isPositive().isEqualTo(5L * crowds.discovers());
        assertThat(crowds.members().found()).isEqualTo(crowds.members().expected());
    }

    /** The only record is at its replicas alone, as its publisher leaves. */
    @Test
    void keysNearTheStoresOfARecordDoNotHideIt() {
        SimulationResult result = run(AttackKind.NEAR_FLOOD, 0.3, 1, CrowdSettings.NONE);
        assertThat(result.lookups().rightShare()).isEqualTo(1);
    }

    @Test
    void recordsFromForgedAddressesHideNone() {
        CrowdSummary crowds = run(AttackKind.FORGED_FLOOD, 0.2, 1, new CrowdSettings(1, 5, 90))
                .crowds()
                .orElseThrow();
        assertThat(crowds.members().expected()).isPositive();
        assertThat(crowds.members().found()).isEqualTo(crowds.members().expected());
        assertThat(crowds.notes().expected()).isPositive();
        assertThat(crowds.notes().found()).isEqualTo(crowds.notes().expected());
    }
}
