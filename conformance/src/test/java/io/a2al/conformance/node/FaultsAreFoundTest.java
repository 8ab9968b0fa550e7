package io.a2al.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.InvalidRecordException;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of faults that attackers and hosts bring out, against our own node and a naive one, under virtual time. */
class FaultsAreFoundTest {

    private static final List<CheckGroup> GROUPS = List.of(
            new MovingChecks(),
            new ReplayChecks(),
            new NatChecks(),
            new SubscriptionChecks(),
            new UnverifiedSenderChecks());

    private static NodeReport run(
            Endpoint endpoint, Function<VirtualProbeNetwork, NodeUnderTest> node, List<CheckGroup> groups)
            throws IOException {
        return NodeSuite.run(
                new VirtualProbeNetwork(endpoint, node), ProbeSettings.REMOTE.withLongChecks(), result -> {}, groups);
    }

    private static NodeUnderTest ourNode(VirtualProbeNetwork network) {
        return new CoreUnderTest(network, NodeSettings.DEFAULT);
    }

    @Test
    void ourNodePassesAllChecksAtAPublicAddress() throws Exception {
        NodeReport report = NodeSuite.run(
                new VirtualProbeNetwork(VirtualProbeNetwork.PUBLIC, FaultsAreFoundTest::ourNode),
                ProbeSettings.REMOTE.withLongChecks(),
                result -> {},
                NodeSuite.groups());
        assertThat(report.results()).hasSizeGreaterThan(70);
        assertThat(report.results())
                .filteredOn(result -> result.verdict() != Verdict.PASS)
                .isEmpty();
    }

    /** Such a node offers its records to newcomers; the suite's contacts take them, or they would count as dead. */
    @Test
    void ourNodePassesWhileItHoldsRecords() throws Exception {
        NodeReport report = run(
                VirtualProbeNetwork.LOOPBACK,
                network -> {
                    try {
                        return new CoreUnderTest(network, NodeSettings.DEFAULT).holding(10);
                    } catch (InvalidRecordException e) {
                        throw new IllegalStateException(e);
                    }
                },
                List.of(new MovingChecks()));
        assertThat(report.results()).hasSize(3);
        assertThat(report.results())
                .filteredOn(result -> result.verdict() != Verdict.PASS)
                .isEmpty();
    }

    @Test
    void whatLoopbackDoesNotShowIsSkippedAndSaidSo() throws Exception {
        NodeReport report = NodeSuite.run(
                new VirtualProbeNetwork(VirtualProbeNetwork.LOOPBACK, FaultsAreFoundTest::ourNode),
                ProbeSettings.LOCAL,
                result -> {},
                GROUPS);
        List<CheckResult> skipped = report.results().stream()
                .filter(result -> result.verdict() == Verdict.SKIPPED)
                .filter(result -> !result.check().contains("(takes up to"))
                .toList();
        assertThat(skipped)
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.seen()).contains("not applicable on loopback"));
        assertThat(report.isGood()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "false, MovingChecks, is silent at the old one",
        "true, MovingChecks, answers at the old one",
        "true, MovingChecks, answers no longer",
        "true, ReplayChecks, is sent on from another port",
        "true, ReplayChecks, another identity at a verified address",
        "true, NatChecks, those to the claimed port included",
        "true, SubscriptionChecks, subscribe at a key",
        "true, UnverifiedSenderChecks, after one from a verified address",
        "true, UnverifiedSenderChecks, that a third party stored",
    })
    void aNaiveNodeDoesNotPass(boolean moves, String group, String check) throws Exception {
        List<CheckGroup> groups = GROUPS.stream()
                .filter(candidate -> candidate.getClass().getSimpleName().equals(group))
                .toList();
        NodeReport report = run(VirtualProbeNetwork.PUBLIC, network -> new NaiveNode(network, moves), groups);
        assertThat(report.results().stream().filter(result -> result.check().contains(check)))
                .singleElement()
                .satisfies(result ->
                        assertThat(result.verdict()).as(result.toString()).isIn(Verdict.FAIL, Verdict.DIFFERS));
    }

    /** The other half of each check: what a node without precautions gets right is not reported as a fault. */
    @ParameterizedTest
    @CsvSource({"true, is silent at the old one", "false, answers at the old one"})
    void whatIsRightIsNotReported(boolean moves, String check) throws Exception {
        NodeReport report =
                run(VirtualProbeNetwork.PUBLIC, network -> new NaiveNode(network, moves), List.of(new MovingChecks()));
        assertThat(report.results().stream().filter(result -> result.check().contains(check)))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.PASS));
    }

    @Test
    void aNodeThatForgetsContactsPassesTheCheckThatTakesMinutes() throws Exception {
        NodeReport report = run(
                VirtualProbeNetwork.PUBLIC,
                network -> new NaiveNode(network, true).forgetting(),
                List.of(new MovingChecks()));
        assertThat(report.results().stream().filter(result -> result.check().contains("takes up to 10 minutes")))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.PASS));
    }

    @Test
    void checksThatTakeMinutesAreSkippedUnlessAskedFor() throws Exception {
        NodeReport report = NodeSuite.run(
                new VirtualProbeNetwork(VirtualProbeNetwork.PUBLIC, FaultsAreFoundTest::ourNode),
                ProbeSettings.REMOTE,
                result -> {},
                List.of(new MovingChecks()));
        assertThat(report.results().stream().filter(result -> result.verdict() == Verdict.SKIPPED))
                .singleElement()
                .satisfies(result -> assertThat(result.check()).contains("takes up to 10 minutes"));
    }
}
