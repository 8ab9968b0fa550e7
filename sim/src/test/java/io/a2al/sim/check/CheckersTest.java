package io.a2al.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.Profiles;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.work.Agents;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkers that need no run report violations, and nothing else. */
class CheckersTest {

    private static final Endpoint SOMEWHERE = Endpoint.of(new byte[] {1, 2, 3, 4}, 4121);

    private final List<Agents> agents = new ArrayList<>();
    private final World world;
    private final List<String> reports = new ArrayList<>();

    CheckersTest() {
        SimulationOptions options = Profiles.find("calm").orElseThrow().withNodes(10);
        SimulationOptions attacked = options.withAttack(options.attack().withShare(0.5));
        world = new Simulation(attacked, present -> {
                    agents.add(present);
                    return List.of();
                })
                .world();
    }

    private List<String> check(Checker checker, SimEvent event) {
        reports.clear();
        checker.afterEvent(world, event, (message, participants) -> reports.add(message));
        return reports;
    }

    private int participant(boolean honest) {
        return world.nodes().stream()
                .filter(node -> node.isHonest() == honest)
                .findFirst()
                .orElseThrow()
                .index();
    }

    @Test
    void tooLongDatagramsOfHonestNodesAreReported() {
        Checker checker = new PacketSizeChecker();
        int limit = MessageCodec.MAX_DATAGRAM;
        Datagram longest = Datagram.copyOf(new byte[limit], limit);
        Datagram tooLong = Datagram.copyOf(new byte[limit + 1], limit + 1);
        int honest = participant(true);
        int hostile = participant(false);
        assertThat(check(checker, new SimEvent.Sent(1, honest, SOMEWHERE, SOMEWHERE, longest)))
                .isEmpty();
        assertThat(check(checker, new SimEvent.Sent(1, honest, SOMEWHERE, SOMEWHERE, tooLong)))
                .containsExactly("a datagram has 1201 bytes");
        assertThat(check(checker, new SimEvent.Withheld(1, honest, SOMEWHERE, tooLong)))
                .hasSize(1);
        assertThat(check(checker, new SimEvent.Sent(1, hostile, SOMEWHERE, SOMEWHERE, tooLong)))
                .isEmpty();
    }

    @Test
    void recordsThatTheirAgentDidNotSignAreReported() {
        // Two runs with the same seed have the same agents, but each knows only the records that its own agents signed.
        CheckersTest elsewhere = new CheckersTest();
        VerifiedRecord own = agents.getFirst().all().getFirst().signNext(3600);
        VerifiedRecord foreign = elsewhere.agents.getFirst().all().getFirst().signNext(1800);
        Checker checker = new ForgeryChecker(agents.getFirst());
        int honest = participant(true);
        assertThat(check(checker, found(honest, own))).isEmpty();
        assertThat(check(checker, found(honest, foreign)))
                .singleElement()
                .asString()
                .contains("never signed");
        assertThat(check(checker, new SimEvent.Heard(1, honest, 1, foreign))).hasSize(1);
        assertThat(check(checker, found(participant(false), foreign))).isEmpty();
    }

    @Test
    void wrongLookupsAfterSettlingAreReported() {
        SimEvent wrong = new SimEvent.Judged(1, 1, sample(Verdict.STALE), true);
        assertThat(settled(0.6, wrong)).as("too many attackers").isEmpty();
        SimEvent right = new SimEvent.Judged(1, 1, sample(Verdict.RIGHT), true);
        SimEvent early = new SimEvent.Judged(1, 1, sample(Verdict.MISSING), false);
        for (double share : new double[] {0, 0.1, 0.5}) {
            assertThat(settled(share, wrong, right, early))
                    .singleElement()
                    .asString()
                    .contains("STALE");
        }
    }

    private List<String> settled(double share, SimEvent... events) {
        SimulationOptions options = Profiles.find("calm")
                .orElseThrow()
                .withNodes(40)
                .withAttack(new AttackSettings(List.of(AttackKind.STALE), share));
        World other = new Simulation(options).world();
        reports.clear();
        for (SimEvent event : events) {
            new SettledChecker().afterEvent(other, event, (message, participants) -> reports.add(message));
        }
        return reports;
    }

    private static LookupSample sample(Verdict verdict) {
        return new LookupSample(
                Duration.ZERO, 1, 2, verdict, Duration.ofMillis(5), new LookupSample.Cost(1, 3, 3, false));
    }

    private static SimEvent found(int participant, VerifiedRecord record) {
        return new SimEvent.Completed(
                1, participant, 1, new Outcome.Records(List.of(record), LookupReport.NO_REQUESTS));
    }
}
