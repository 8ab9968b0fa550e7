package io.a2al.bench.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashRunTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Acknowledges records of different ages, and loses those that it is told to. */
    private static final class FakeNode implements KillableNode {

        private final Set<NodeId> held = new LinkedHashSet<>();
        private final Set<Integer> losing = new LinkedHashSet<>();
        private final List<Duration> loads = new ArrayList<>();
        private final int recordsPerLoad;
        private int made;
        private int starts;
        private int renewals;
        private int slowPasses;
        private boolean dies;

        FakeNode(int recordsPerLoad) {
            this.recordsPerLoad = recordsPerLoad;
        }

        @Override
        public Duration start() {
            starts++;
            return Duration.ofMillis(starts);
        }

        /** The n-th record of a load is n tenths of a second old. */
        @Override
        public Map<NodeId, Duration> loadAndKill(Duration load) {
            loads.add(load);
            Map<NodeId, Duration> acknowledged = new LinkedHashMap<>();
            for (int i = 0; i < recordsPerLoad; i++) {
                NodeId key = key(made++);
                acknowledged.put(key, Duration.ofMillis(100L * i));
                held.add(key);
            }
            losing.forEach(number -> held.remove(key(number)));
            return acknowledged;
        }

        @Override
        public Set<NodeId> missing(Collection<NodeId> keys) throws IOException {
            if (dies) {
                throw new IOException("the node ended by itself after a restart");
            }
            Set<NodeId> missing = new LinkedHashSet<>(keys);
            if (slowPasses-- <= 0) {
                missing.removeAll(held);
            }
            return missing;
        }

        @Override
        public void renew() {
            renewals++;
            held.clear();
        }

        @Override
        public void close() {
            held.clear();
        }
    }

    private static NodeId key(int number) {
        return NodeId.read(ByteBuffer.allocate(NodeId.LENGTH).putInt(number).array(), 0);
    }

    private static CrashReport run(FakeNode node, int kills, Duration grace) throws Exception {
        return new CrashRun(node, new CrashSettings(kills, 100, grace, Duration.ZERO, 7), () -> false).run(kill -> {});
    }

    @Test
    void whatIsServedIsNotLost() throws Exception {
        FakeNode node = new FakeNode(20);
        CrashReport report = run(node, 3, SECOND);
        assertThat(report.kills()).isEqualTo(3);
        assertThat(report.acknowledged()).isEqualTo(60);
        assertThat(report.lost()).isEmpty();
        assertThat(report.slowestAnswer()).isEqualTo(Duration.ofMillis(4));
        assertThat(report.slowestRecords()).isGreaterThanOrEqualTo(report.slowestAnswer());
        assertThat(node.starts).isEqualTo(4);
    }

    @Test
    void aRecordThatANodeLosesIsReportedOnce() throws Exception {
        FakeNode node = new FakeNode(20);
        node.losing.add(35);
        assertThat(run(node, 3, SECOND).lost()).containsExactly(key(35));
    }

    @Test
    void aRecordThatWasAcknowledgedLateMayBeLostUnlessTheNodeIsStrict() throws Exception {
        FakeNode node = new FakeNode(20);
        node.losing.addAll(List.of(0, 9, 29));
        assertThat(run(node, 2, SECOND).lost()).isEmpty();
        FakeNode strict = new FakeNode(20);
        strict.losing.addAll(List.of(0, 9, 29));
        assertThat(run(strict, 2, Duration.ZERO).lost()).containsExactlyInAnyOrder(key(0), key(9), key(29));
    }

    @Test
    void recordsOfEarlierKillsAreLookedForAgain() throws Exception {
        FakeNode node = new FakeNode(20);
        CrashRun run = new CrashRun(node, new CrashSettings(4, 100, SECOND, Duration.ZERO, 7), () -> false);
        CrashReport report = run.run(kill -> {
            if (kill == 3) {
                node.losing.add(15);
            }
        });
        assertThat(report.lost()).containsExactly(key(15));
    }

    @Test
    void aFullDirectoryIsReplacedAndItsRecordsAreNoLongerWanted() throws Exception {
        FakeNode node = new FakeNode(30_000);
        CrashReport report = run(node, 4, SECOND);
        assertThat(node.renewals).isEqualTo(2);
        assertThat(report.lost()).isEmpty();
        assertThat(report.checked()).isGreaterThan(2 * 4 * 29_000);
    }

    @Test
    void recordsThatComeBackWithinThePatienceAreNotLost() throws Exception {
        FakeNode node = new FakeNode(20);
        node.slowPasses = 3;
        CrashSettings patient = new CrashSettings(1, 100, SECOND, Duration.ofMinutes(1), 7);
        assertThat(new CrashRun(node, patient, () -> false).run(kill -> {}).lost())
                .isEmpty();
    }

    @Test
    void equalSeedsKillAfterEqualTimes() throws Exception {
        FakeNode one = new FakeNode(0);
        FakeNode other = new FakeNode(0);
        run(one, 50, SECOND);
        run(other, 50, SECOND);
        assertThat(one.loads).isEqualTo(other.loads).allMatch(load -> load.toMillis() >= 300 && load.toMillis() < 3000);
        assertThat(Set.copyOf(one.loads)).hasSizeGreaterThan(40);
    }

    @Test
    void aNodeThatEndsByItselfIsAFailureUnlessTheRunIsStopped() throws Exception {
        FakeNode node = new FakeNode(20);
        node.dies = true;
        assertThatThrownBy(() -> run(node, 1, SECOND)).hasMessageContaining("ended by itself");
        CrashRun run = new CrashRun(node, new CrashSettings(2, 100, SECOND, Duration.ZERO, 7), () -> node.starts > 2);
        CrashReport report = run.run(kill -> {});
        assertThat(report.kills()).isZero();
        assertThat(report.lost()).isEmpty();
    }
}
