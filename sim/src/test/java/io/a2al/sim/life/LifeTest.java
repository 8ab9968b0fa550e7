package io.a2al.sim.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LifeTest {

    private static final int NODES = 20;

    private final List<SimEvent> events = new ArrayList<>();

    private Simulation simulation(UnaryOperator<LifeSettings> life, Duration duration) {
        SimulationOptions calm = Profiles.find("calm").orElseThrow();
        Simulation simulation = new Simulation(calm.withNodes(NODES)
                .withDuration(duration)
                .withWork(calm.work().withRecords(10).withLookupsPerMinute(20))
                .withLife(life.apply(calm.life())));
        simulation.listen(event -> {
            if (!(event instanceof SimEvent.Sent
                    || event instanceof SimEvent.Arrived
                    || event instanceof SimEvent.Lost)) {
                events.add(event);
            }
        });
        return simulation;
    }

    private long count(Class<? extends SimEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    @Test
    void nodesThatLeaveReturnAndSomeHaveANewIdentity() {
        Churn churn = Churn.NONE
                .withShare(0.5)
                .withSession(Duration.ofMinutes(4))
                .withAbsence(Duration.ofMinutes(1))
                .withNewIdentity(0.5);
        Simulation simulation =
                simulation(life -> life.withChurn(churn).withSettling(Duration.ofMinutes(6)), Duration.ofMinutes(12));
        List<NodeId> before =
                simulation.world().nodes().stream().map(SimNode::id).toList();
        SimulationResult result = simulation.run(Progress.NONE);
        Set<NodeId> changed = new HashSet<>(
                simulation.world().nodes().stream().map(SimNode::id).toList());
        before.forEach(changed::remove);
        assertThat(count(SimEvent.Stopped.class)).isBetween(10L, 100L);
        assertThat(count(SimEvent.Started.class)).isGreaterThan(NODES + 5);
        assertThat(changed).hasSizeBetween(2, 20);
        assertThat(simulation.world().nodes().subList(0, simulation.world().seedNodes()))
                .allMatch(SimNode::isUp);
        assertThat(result.violation()).isEmpty();
        assertThat(result.settled().orElseThrow().rightShare()).isEqualTo(1);
    }

    @Test
    void sleepingMachinesResumeWithTheirState() {
        Simulation simulation = simulation(
                life -> life.withMachines(Machines.GOOD.withSleepers(0.5)).withSettling(Duration.ofMinutes(45)),
                Duration.ofMinutes(100));
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(result.violation()).isEmpty();
        assertThat(count(SimEvent.Suspended.class)).isBetween(5L, 100L);
        assertThat(events.stream().filter(SimEvent.Resumed.class::isInstance).map(event -> event.participant() % 2))
                .as("with a monotonic clock that stood still, and one that ran on")
                .contains(0, 1);
        assertThat(count(SimEvent.Started.class)).isEqualTo(NODES);
        assertThat(result.settled().orElseThrow().rightShare()).isEqualTo(1);
    }

    @Test
    void aPartitionBeginsAndEnds() {
        Simulation simulation = simulation(
                life -> life.withPartition(Duration.ofMinutes(5)).withSettling(Duration.ofMinutes(40)),
                Duration.ofMinutes(20));
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(count(SimEvent.Fault.class)).isEqualTo(3);
        assertThat(result.violation()).isEmpty();
        assertThat(result.settled().orElseThrow().lookups()).isGreaterThan(50);
    }

    /** Timestamps of records may be wrong by half a minute. */
    @Test
    void lookupsAreRightDespiteWrongClocksAndSlowMachines() {
        Machines machines = new Machines(Duration.ofSeconds(20), 200, 0, 0.3);
        Simulation simulation = simulation(
                life -> life.withMachines(machines).withSettling(Duration.ofMinutes(1)), Duration.ofMinutes(5));
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(simulation.world().nodes().stream()
                        .map(node -> node.now().unixSeconds())
                        .distinct())
                .hasSizeGreaterThan(10);
        assertThat(result.violation()).isEmpty();
        assertThat(result.lookups().rightShare()).isEqualTo(1);
    }

    @Test
    void recordsOutliveTheNodesThatPublishedThem() {
        SimulationOptions calm = Profiles.find("calm").orElseThrow();
        SimulationOptions options = calm.withNodes(32)
                .withDuration(Duration.ofMinutes(15))
                .withWork(calm.work()
                        .withRecords(10)
                        .withLookupsPerMinute(20)
                        .withTtl(Duration.ofDays(1))
                        .withPublishersLeave(true))
                .withLife(calm.life().withSettling(Duration.ofMinutes(1)));
        Simulation simulation = new Simulation(options);
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(result.series().getLast().living()).isBetween(22, 31);
        assertThat(result.violation()).isEmpty();
        assertThat(result.settled().orElseThrow().lookups()).isGreaterThan(50);
    }
}
