package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.check.Checker;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.network.Host;
import io.a2al.sim.result.LookupTrend;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final SimulationOptions SMALL =
            Profiles.find("calm").orElseThrow().withNodes(30).withDuration(Duration.ofMinutes(1));

    private static SimulationResult run(SimulationOptions options) {
        return new Simulation(options).run(Progress.NONE);
    }

    private static SimulationOptions rough(SimulationOptions options) {
        return options.withWork(options.work().withRecords(15))
                .withLinks(options.links().withLoss(0.05).withDuplication(0.05))
                .withLife(options.life().withDead(0.2))
                .withAddresses(options.addresses().withNatShare(0.3).withIpv6Share(0.3))
                .withAttack(options.attack().withShare(0.1));
    }

    @Test
    void equalOptionsGiveEqualRuns() {
        SimulationResult first = run(rough(SMALL));
        SimulationResult second = run(rough(SMALL));
        assertThat(second.hash()).isEqualTo(first.hash());
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.lookups()).isEqualTo(first.lookups());
        assertThat(second.series()).isEqualTo(first.series());
        assertThat(run(rough(SMALL).withSeed(2)).hash()).isNotEqualTo(first.hash());
    }

    @Test
    void checksDoNotChangeTheRun() {
        SimulationResult checked = run(rough(SMALL));
        SimulationResult unchecked = new Simulation(rough(SMALL), agents -> List.of()).run(Progress.NONE);
        assertThat(checked.violation()).isEmpty();
        assertThat(unchecked.hash()).isEqualTo(checked.hash());
    }

    @Test
    void allLookupsAreRightInACalmNetwork() {
        SimulationResult result = run(SMALL);
        assertThat(result.isGood()).isTrue();
        assertThat(result.lookups().lookups()).isBetween(80, 160);
        assertThat(result.lookups().count(Verdict.RIGHT))
                .isEqualTo(result.lookups().lookups());
        assertThat(result.lookups().latency().p50()).isBetween(Duration.ofMillis(10), Duration.ofMillis(400));
        assertThat(result.publishes().records()).isEqualTo(50);
        assertThat(result.publishes().complete()).isEqualTo(result.publishes().rounds());
        assertThat(result.traffic().messages()).isPositive();
        TimePoint last = result.series().getLast();
        assertThat(last.living()).isEqualTo(30);
        assertThat(last.tables().deadShare()).isZero();
        assertThat(last.tables().meanContacts()).isGreaterThan(20);
        assertThat(last.replicas().fewest()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void allLookupsAreRightWithRealSignatures() {
        SimulationResult result = run(SMALL.withNodes(12)
                .withDuration(Duration.ofSeconds(20))
                .withWork(SMALL.work().withRecords(5))
                .withCrypto(CryptoKind.REAL));
        assertThat(result.lookups().rightShare()).isEqualTo(1);
        assertThat(result.lookups().lookups()).isPositive();
    }

    @Test
    void anAdditionalNodeDoesNotChangeTheOthers() {
        World small = new Simulation(rough(SMALL)).world();
        World larger = new Simulation(rough(SMALL).withNodes(31)).world();
        for (int i = 0; i < 30; i++) {
            SimNode node = small.nodes().get(i);
            SimNode same = larger.nodes().get(i);
            assertThat(same.id()).isEqualTo(node.id());
            assertThat(same.isHonest()).isEqualTo(node.isHonest());
            assertThat(same.host().place()).isEqualTo(node.host().place());
            assertThat(same.host().endpoints()).isEqualTo(node.host().endpoints());
        }
    }

    @Test
    void deadNodesStayDown() {
        SimulationResult result = run(SMALL.withLife(SMALL.life().withDead(0.3)));
        assertThat(result.series().getLast().living()).isBetween(15, 28);
        assertThat(result.lookups().rightShare()).isGreaterThan(0.95);
    }

    @Test
    void lookupsWorkDespiteSilentAttackers() {
        SimulationResult result = run(SMALL.withAttack(
                SMALL.attack().withKinds(List.of(AttackKind.SILENT)).withShare(0.3)));
        assertThat(result.series().getLast().tables().hostileShare()).isGreaterThan(0.1);
        assertThat(result.lookups().rightShare()).isGreaterThan(0.95);
    }

    @Test
    void theFirstViolationEndsTheRunAndShowsItsEvents() {
        AtomicBoolean failed = new AtomicBoolean();
        Checker noneOfFive = new Checker() {
            @Override
            public String name() {
                return "none-of-five";
            }

            @Override
            public void afterEvent(World world, SimEvent event, Reporter reporter) {
                if (event instanceof SimEvent.Sent && event.participant() == 5 && event.at() > 10_000_000_000L) {
                    reporter.report("five sends", 5);
                    failed.set(true);
                }
            }
        };
        SimulationResult result = new Simulation(SMALL, agents -> List.of(noneOfFive)).run(Progress.NONE, failed::get);
        Violation violation = result.violation().orElseThrow();
        assertThat(violation.check()).isEqualTo("none-of-five");
        assertThat(violation.participants()).containsExactly(5);
        assertThat(violation.at()).isEqualTo(result.virtualTime()).isLessThan(Duration.ofMinutes(2));
        assertThat(violation.events()).isNotEmpty().allMatch(line -> line.contains("#5"));
        assertThat(violation.events().getLast()).contains("sent");
        assertThat(result.isGood()).isFalse();
        assertThat(result.isStopped()).as("by a wish of the same moment").isFalse();
    }

    /** A node that is drawn several times asks more than its own link carries. */
    @Test
    void afterSettlingEachNodeLooksUpARecordOnce() {
        Simulation simulation = new Simulation(SMALL.withNodes(12)
                .withDuration(Duration.ofSeconds(1))
                .withLife(SMALL.life().withSettling(Duration.ofSeconds(1)))
                .withWork(SMALL.work().withRecords(2)));
        List<String> settled = new ArrayList<>();
        simulation.listen(event -> {
            if (event instanceof SimEvent.Judged judged && judged.settled()) {
                settled.add(judged.participant() + " for " + judged.sample().record());
            }
        });
        assertThat(simulation.run(Progress.NONE).violation()).isEmpty();
        assertThat(settled).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    @Test
    void theFirstAndTheLastFiveMinutesOfLookupsAreTold() {
        assertThat(run(SMALL.withNodes(12)).trend()).isEmpty();
        SimulationResult result = run(SMALL.withNodes(12).withDuration(Duration.ofMinutes(11)));
        LookupTrend trend = result.trend().orElseThrow();
        int all = result.lookups().lookups();
        assertThat(trend.first().lookups()).isBetween(all * 5 / 11 - 100, all * 5 / 11 + 100);
        assertThat(trend.last().lookups()).isBetween(all * 5 / 11 - 100, all * 5 / 11 + 100);
        assertThat(trend.first().lookups() + trend.last().lookups()).isLessThan(all);
        assertThat(result.series().stream()
                        .mapToInt(point -> point.lookups().lookups())
                        .sum())
                .isEqualTo(all);
    }

    @Test
    void aStoppedRunReturnsWhatItHas() {
        SimulationResult whole = run(SMALL);
        Simulation simulation = new Simulation(SMALL);
        Duration most = simulation.phases().getLast().begin().plusSeconds(30);
        SimulationResult part =
                simulation.run(Progress.NONE, () -> simulation.world().now() >= most.toNanos());
        assertThat(whole.isStopped()).isFalse();
        assertThat(part.isStopped()).isTrue();
        assertThat(part.virtualTime()).isBetween(most, most.plusSeconds(5)).isLessThan(whole.virtualTime());
        assertThat(part.lookups().lookups()).isBetween(1, whole.lookups().lookups() - 1);
        assertThat(part.traffic().messages()).isBetween(1L, whole.traffic().messages() - 1);
    }

    @Test
    void progressIsReportedUntilTheEnd() {
        List<Duration> done = new ArrayList<>();
        List<Duration> totals = new ArrayList<>();
        new Simulation(SMALL.withNodes(2).withWork(SMALL.work().withRecords(1))).run((now, total, events) -> {
            done.add(now);
            totals.add(total);
        });
        assertThat(done).isSorted().endsWith(totals.getLast());
    }

    @Test
    void listenersReceiveEveryDatagram() {
        List<Endpoint> targets = new ArrayList<>();
        Simulation simulation = new Simulation(SMALL.withNodes(3));
        simulation.listen(event -> {
            if (event instanceof SimEvent.Sent sent) {
                targets.add(sent.to());
            }
        });
        SimulationResult result = simulation.run(Progress.NONE);
        assertThat(targets).hasSize((int) result.traffic().messages());
        List<Endpoint> hosts = simulation.world().nodes().stream()
                .map(SimNode::host)
                .map(Host::endpoint)
                .toList();
        assertThat(targets).containsAll(hosts);
    }
}
