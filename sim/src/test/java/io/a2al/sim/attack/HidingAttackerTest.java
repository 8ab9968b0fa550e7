package io.a2al.sim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Message;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nodes that hide relayed records, in a network where most do. */
class HidingAttackerTest {

    private static final Duration RETURNED = Duration.ofSeconds(121);

    private static SimulationOptions options() {
        SimulationOptions calm =
                Profiles.find("calm").orElseThrow().withNodes(24).withDuration(Duration.ofMinutes(4));
        return calm.withAttack(new AttackSettings(List.of(AttackKind.HIDING), 0.7))
                .withLife(calm.life().withJoining(Duration.ofSeconds(5)))
                .withWork(calm.work().withRecords(5).withLookupsPerMinute(30));
    }

    @Test
    void relayedRecordsAreReturnedForTwoMinutesOnlyAndFoundElsewhere() {
        Simulation simulation = new Simulation(options());
        World world = simulation.world();
        List<Map<Address, Long>> firstStored = new ArrayList<>();
        for (int i = 0; i < options().nodes(); i++) {
            firstStored.add(new TreeMap<>());
        }
        List<Long> ages = new ArrayList<>();
        simulation.listen(event -> {
            if (event instanceof SimEvent.Arrived arrived) {
                world.open(arrived.datagram()).ifPresent(envelope -> {
                    if (envelope.message() instanceof Message.Store store) {
                        firstStored
                                .get(arrived.participant())
                                .putIfAbsent(store.record().address(), arrived.at());
                    }
                });
            } else if (event instanceof SimEvent.Sent sent
                    && !world.nodes().get(sent.participant()).isHonest()) {
                world.open(sent.datagram()).ifPresent(envelope -> {
                    if (envelope.message() instanceof Message.FindValueResponse answer) {
                        answer.records()
                                .forEach(record -> ages.add(sent.at()
                                        - firstStored.get(sent.participant()).get(record.address())));
                    }
                });
            }
        });
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(ages).isNotEmpty().allMatch(age -> age <= RETURNED.toNanos());
        assertThat(result.violation()).isEmpty();
        assertThat(result.lookups().rightShare()).isGreaterThan(0.97);
    }
}
