package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupStep;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void aLookupTellsABoundedNumberOfSteps() {
        NodeTime now = new NodeTime(0, 0);
        Contact contact = new SoloNode().newPublicPeer().contact();
        List<LookupStep> told = new ArrayList<>();
        Steps steps = new Steps(Optional.of(told::add), NodeId.ZERO, now);
        for (int i = 0; i < LookupTrace.MAX_STEPS + 10; i++) {
            steps.asked(now, contact);
        }
        assertThat(told).hasSize(LookupTrace.MAX_STEPS);
    }

    @Test
    void aStepTellsWhenWhichNodeAndWhatCameOfIt() {
        Contact node = new SoloNode().newPublicPeer().contact();
        Contact told = new SoloNode().newPublicPeer().contact();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.A, "x", 1, 1_700_000_000L, 60);
        List<LookupStep> steps = new ArrayList<>();
        Steps lookup = new Steps(Optional.of(steps::add), node.nodeId(), new NodeTime(1000, 0));
        lookup.asked(new NodeTime(1001, 0), node);
        lookup.answered(new NodeTime(1003, 0), node, 2, List.of(told), List.of(record), Completeness.RECORDS_RATIONED);
        lookup.failed(new NodeTime(1004, 0), node, Failure.TIMEOUT);
        assertThat(steps)
                .containsExactly(
                        step(1, node, new LookupStep.Asked()),
                        step(
                                3,
                                node,
                                new LookupStep.Answered(Duration.ofNanos(2), List.of(told), List.of(record), true)),
                        step(4, node, new LookupStep.Failed(Failure.TIMEOUT)));
    }

    private static LookupStep step(long nanos, Contact node, LookupStep.Event event) {
        return new LookupStep(Duration.ofNanos(nanos), node, NodeId.BITS, event);
    }

    @Test
    void onlyAnAnswerWithContentCanBeTruncated() {
        Contact node = new SoloNode().newPublicPeer().contact();
        List<LookupStep> steps = new ArrayList<>();
        NodeTime now = new NodeTime(0, 0);
        Steps lookup = new Steps(Optional.of(steps::add), NodeId.ZERO, now);
        for (Completeness completeness : List.of(Completeness.WHOLE, Completeness.EMPTY)) {
            lookup.answered(now, node, 2, List.of(), List.of(), completeness);
            assertThat(steps.getLast().event())
                    .isEqualTo(new LookupStep.Answered(Duration.ofNanos(2), List.of(), List.of(), false));
        }
    }
}
