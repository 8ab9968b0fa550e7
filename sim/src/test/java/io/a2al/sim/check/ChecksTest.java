package io.a2al.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Violation;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final int VICTIM = 9;

    /** Fails when the victim has received 60 datagrams. */
    private static final class Artificial implements Checker {

        private int left = 60;

        @Override
        public String name() {
            return "artificial";
        }

        @Override
        public void afterEvent(World world, SimEvent event, Reporter reporter) {
            if (event instanceof SimEvent.Arrived && event.participant() == VICTIM && --left == 0) {
                reporter.report("enough", VICTIM);
            }
        }
    }

    @Test
    void aFailedCheckEndsTheRunAndShowsTheEventsBeforeIt() {
        SimulationOptions options =
                Profiles.find("calm").orElseThrow().withNodes(10).withDuration(Duration.ofMinutes(2));
        SimulationResult result = new Simulation(options, agents -> List.of(new Artificial())).run(Progress.NONE);
        Violation violation = result.violation().orElseThrow();
        assertThat(result.isGood()).isFalse();
        assertThat(result.virtualTime()).isEqualTo(violation.at());
        assertThat(violation.check()).isEqualTo("artificial");
        assertThat(violation.message()).isEqualTo("enough");
        assertThat(violation.participants()).containsExactly(VICTIM);
        assertThat(violation.nodes()).singleElement().asString().matches("#9 at [0-9.]+:[0-9]+, NodeID [0-9a-f]{64}");
        assertThat(violation.events())
                .hasSize(50)
                .allMatch(event -> event.matches(" *[0-9.]+ +(#9|-) .*"))
                .isSorted();
        assertThat(violation.events().getLast()).contains(" got ").matches(".* \\(#[0-9]\\)");
    }
}
