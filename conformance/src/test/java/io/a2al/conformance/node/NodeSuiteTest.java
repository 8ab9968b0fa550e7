package io.a2al.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSuiteTest {

    /** Long enough for any machine; a request that is answered does not wait. */
    private static final ProbeSettings PATIENT =
            new ProbeSettings(Duration.ofSeconds(30), Duration.ofMillis(1), 1, 0, 20, false);

    @Test
    void ourOwnNodePassesAllChecks() throws Exception {
        try (DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start()) {
            // Contacts that move take a minute; FaultsAreFoundTest checks them under virtual time.
            List<CheckGroup> groups = NodeSuite.groups().stream()
                    .filter(group -> !(group instanceof MovingChecks))
                    .toList();
            NodeReport report = NodeSuite.run(
                    Endpoints.toSocketAddress(node.localEndpoint()), ProbeSettings.LOCAL, result -> {}, groups);
            assertThat(report.results())
                    .hasSizeGreaterThan(60)
                    .extracting(CheckResult::verdict)
                    .containsOnly(Verdict.PASS, Verdict.SKIPPED);
            assertThat(report.count(Verdict.SKIPPED)).isEqualTo(5);
            assertThat(report.isGood()).isTrue();
        }
    }

    /** Answers "false" to records that it did not have, and "true" to those that it had. */
    @Test
    void aNodeThatRefusesNewRecordsIsFound() throws Exception {
        try (ScriptedNode node = new ScriptedNode((before, offered) -> before.equals(Optional.of(offered)))) {
            NodeReport report = NodeSuite.run(node.address(), PATIENT, result -> {}, List.of(new StoreChecks()));
            assertThat(verdictOn(report, "a new record")).isNotEqualTo(Verdict.PASS);
            assertThat(verdictOn(report, "a higher sequence number")).isNotEqualTo(Verdict.PASS);
            assertThat(verdictOn(report, "the same record again")).isEqualTo(Verdict.PASS);
        }
    }

    private static Verdict verdictOn(NodeReport report, String check) {
        return report.results().stream()
                .filter(result -> result.check().equals(check))
                .map(CheckResult::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeThatStallsInTheFloodNeedNotAnswerAfterwards() {
        assertThat(IdentityFloodChecks.afterwards(true, false).verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(IdentityFloodChecks.afterwards(true, true).verdict()).isEqualTo(Verdict.PASS);
        assertThat(IdentityFloodChecks.afterwards(false, false).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(IdentityFloodChecks.afterwards(false, true).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void theFloodOfANodeThatAnswersNothingEndsAsAKnownDifference() throws Exception {
        // Nothing listens there.
        InetSocketAddress silent = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        List<CheckResult> results = new ArrayList<>();
        try (Prober prober = new Prober(new UdpProbeNetwork(silent), Faulty.SETTINGS)) {
            new IdentityFloodChecks().run(prober, new Findings(results::add));
        }
        assertThat(results).extracting(CheckResult::verdict).containsExactly(Verdict.DIFFERS, Verdict.DIFFERS);
    }

    @Test
    void unreachableNodeIsReportedWithoutRunningChecks() throws Exception {
        NodeReport report = NodeSuite.run(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), Faulty.SETTINGS, result -> {});
        assertThat(report).isEqualTo(new NodeReport(false, List.of()));
        assertThat(report.isGood()).isFalse();
    }
}
