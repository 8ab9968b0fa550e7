package io.a2al.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.Profiles;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.work.Agent;
import io.a2al.sim.work.Agents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a simulated node has on disk is what it would have in production. */
class NodeDiskTest {

    private static final long NOW = Duration.ofHours(1).toNanos();
    private static final long LATER = NOW + NodeDisk.PAUSE;

    private final List<Agents> agents = new ArrayList<>();
    private final World world;
    private final SimNode node;
    private final NodeDisk disk = new NodeDisk();

    NodeDiskTest() {
        SimulationOptions calm = Profiles.find("calm").orElseThrow();
        Simulation simulation =
                new Simulation(calm.withNodes(10).withWork(calm.work().withRecords(5)), present -> {
                    agents.add(present);
                    return List.of();
                });
        world = simulation.world();
        node = world.nodes().getLast();
    }

    private Agent agent(int number) {
        return agents.getFirst().all().get(number);
    }

    private StoredRecord record(int agent) {
        VerifiedRecord record = agent(agent).signNext(3600);
        return new StoredRecord(agent(agent).key(), record, Origin.LOCAL);
    }

    /** Returns the agents whose records a new node has that is given the disk. */
    private List<Integer> restored() {
        node.start(List.of());
        NodeCore core = node.core().orElseThrow();
        node.stop();
        disk.restoreTo(core, node.now());
        List<NodeId> keys = core.store().keyList();
        return agents.getFirst().all().stream()
                .filter(agent -> keys.contains(agent.key()))
                .map(Agent::number)
                .toList();
    }

    @Test
    void aCrashLosesWhatCameInTheLastQuarterOfASecond() {
        disk.persist(0, record(0), NOW);
        disk.persist(1, record(1), LATER - 1);
        disk.persist(2, record(2), LATER);
        disk.crash(LATER + NodeDisk.PAUSE - 1);
        assertThat(restored()).containsExactly(0, 1);
    }

    @Test
    void aCrashLosesNothingThatWasDueToBeWritten() {
        disk.persist(0, record(0), NOW);
        disk.crash(LATER);
        assertThat(restored()).containsExactly(0);
    }

    @Test
    void aRemovalThatWasNotWrittenIsUndoneByACrash() {
        disk.persist(0, record(0), NOW);
        disk.persist(1, record(1), NOW);
        disk.forget(0, LATER);
        disk.forget(1, LATER + NodeDisk.PAUSE);
        disk.crash(LATER + NodeDisk.PAUSE + 1);
        assertThat(restored()).containsExactly(1);
    }

    @Test
    void aShutdownWritesEverything() {
        disk.persist(0, record(0), NOW);
        disk.persist(1, record(1), NOW);
        disk.forget(0, NOW);
        disk.write();
        disk.crash(NOW);
        assertThat(restored()).containsExactly(1);
    }

    @Test
    void numbersOfLaterStartsDoNotMeetThoseOfEarlierOnes() {
        disk.persist(0, record(0), NOW);
        disk.write();
        assertThat(restored()).containsExactly(0);
        disk.persist(0, record(1), NOW);
        disk.write();
        assertThat(restored()).containsExactly(0, 1);
        disk.forget(-2, NOW);
        disk.write();
        assertThat(restored()).containsExactly(1);
    }

    @Test
    void whatExpiredIsRemoved() {
        disk.persist(0, record(0), NOW);
        disk.write();
        NodeClock inAnHour = new NodeClock(0, 0, Duration.ofHours(2).toSeconds());
        node.setClock(inAnHour);
        assertThat(restored()).isEmpty();
        disk.write();
        node.setClock(NodeClock.RIGHT);
        assertThat(restored()).isEmpty();
    }
}
