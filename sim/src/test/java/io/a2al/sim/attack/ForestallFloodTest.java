package io.a2al.sim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.PublicationState.Condition;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.CrowdSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.work.CrowdSettings;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node has confirmed to a publisher stays there, though another stored it first and then fills the topic. */
class ForestallFloodTest {

    private static final NodeId KEY = Topics.keyOf(Crowds.name(0));
    private static final int MEMBERS = 5;

    private static final SimulationOptions FLOOD = Profiles.find("flood").orElseThrow();

    private record Member(SimNode home, Address address) {}

    private record Copy(int participant, Address address, long timestamp) {}

    private final List<Member> members = new ArrayList<>();

    /** Whether the first STORE of each copy of a member's entry came from an address without a machine. */
    private final Map<Copy, Boolean> forestalled = new HashMap<>();

    private void listen(World world, SimEvent event) {
        if (event instanceof SimEvent.Submitted(long at, int participant, long operation, Command.Publish publish)
                && publish.key().equals(KEY)) {
            members.add(new Member(
                    world.nodes().get(participant), publish.record().record().address()));
        } else if (event instanceof SimEvent.Arrived arrived
                && arrived.datagram().type().filter(MessageType.STORE::equals).isPresent()
                && world.nodes().get(arrived.participant()).isHonest()) {
            world.open(arrived.datagram()).map(Envelope::message).ifPresent(message -> note(world, arrived, message));
        }
    }

    private void note(World world, SimEvent.Arrived arrived, Message message) {
        SignedRecord record = ((Message.Store) message).record();
        if (members.stream().anyMatch(member -> member.address().equals(record.address()))) {
            forestalled.putIfAbsent(
                    new Copy(arrived.participant(), record.address(), record.timestamp()),
                    world.network().hostAt(arrived.from()).isEmpty());
        }
    }

    /** The honest nodes that have confirmed an entry. */
    private static List<SimNode> holdersOf(Member member) {
        SimNode home = member.home();
        return home.core().orElseThrow().publications(home.now(), KEY, member.address()).stream()
                .flatMap(state -> state.replicas().stream())
                .filter(replica -> replica.condition() == Condition.CONFIRMED)
                .map(replica -> home.world().find(replica.node().nodeId()).orElseThrow())
                .filter(SimNode::isHonest)
                .toList();
    }

    private static boolean hasEntry(SimNode holder, Member member) {
        return holder
                .core()
                .orElseThrow()
                .store()
                .peekAll(KEY, RecordType.TOPIC, holder.now().unixSeconds())
                .stream()
                .anyMatch(entry -> entry.record().address().equals(member.address()));
    }

    /** With a short time to live, entries are renewed during the run, and each renewal is forestalled as well. */
    @ParameterizedTest
    @ValueSource(ints = {3600, 60})
    void entriesThatAttackersStoreFirstStayWithTheirHolders(int ttl) {
        SimulationOptions options = FLOOD.withNodes(24)
                .withDuration(Duration.ofSeconds(6))
                .withLife(FLOOD.life().withJoining(Duration.ofSeconds(5)))
                .withWork(FLOOD.work()
                        .withRecords(1)
                        .withTtl(Duration.ofSeconds(ttl))
                        .withLookupsPerMinute(240)
                        .withCrowds(new CrowdSettings(1, MEMBERS, 0)))
                .withAttack(new AttackSettings(List.of(AttackKind.FORESTALL_FLOOD), 0.3));
        Simulation simulation = new Simulation(options);
        simulation.listen(event -> listen(simulation.world(), event));
        SimulationResult result = simulation.run(Progress.NONE);

        assertThat(result.violation()).isEmpty();
        assertThat(members).hasSize(MEMBERS);
        assertThat(forestalled.values().stream().filter(forged -> forged).count())
                .as("copies that attackers stored first")
                .isGreaterThan(2L * MEMBERS);
        for (Member member : members) {
            assertThat(holdersOf(member))
                    .hasSizeGreaterThan(4)
                    .allMatch(holder -> hasEntry(holder, member), "has the entry that it has confirmed");
        }
        CrowdSummary crowds = result.crowds().orElseThrow();
        assertThat(crowds.members().expected()).isPositive();
        assertThat(crowds.members().found()).isEqualTo(crowds.members().expected());
    }
}
