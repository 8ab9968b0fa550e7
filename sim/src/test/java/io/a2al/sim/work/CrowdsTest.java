package io.a2al.sim.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.CrowdSummary;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrowdsTest {

    private static final SimulationOptions CALM =
            Profiles.find("calm").orElseThrow().withNodes(40).withDuration(Duration.ofMinutes(2));

    /** Uses 30 entries per topic, which do not fit in one datagram. */
    @Test
    void allMembersAreFoundAndHeardAndAllNotesAreRead() {
        WorkSettings work = CALM.work().withCrowds(new CrowdSettings(2, 30, 30));
        CrowdSummary crowds =
                new Simulation(CALM.withWork(work)).run(Progress.NONE).crowds().orElseThrow();
        assertThat(crowds.discovers()).isBetween(10, 45);
        assertThat(crowds.members().expected()).isEqualTo(30L * crowds.discovers());
        assertThat(crowds.members().found()).isEqualTo(crowds.members().expected());
        assertThat(crowds.heard().expected()).isEqualTo(60);
        assertThat(crowds.heard().found()).isEqualTo(60);
        assertThat(crowds.notes().expected()).isBetween(35L, 90L);
        assertThat(crowds.notes().found()).isEqualTo(crowds.notes().expected());
    }

    @Test
    void withoutCrowdsTheResultHasNoCrowdSummary() {
        Simulation simulation = new Simulation(CALM.withNodes(3).withDuration(Duration.ofSeconds(5)));
        assertThat(simulation.run(Progress.NONE).crowds()).isEmpty();
    }
}
