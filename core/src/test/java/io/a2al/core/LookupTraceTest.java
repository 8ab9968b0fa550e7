package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupStep;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a traced lookup tells of its steps. */
class LookupTraceTest {

    private static final long LOOKUP = 7;
    private static final LookupOptions OPTIONS = LookupOptions.within(Duration.ofSeconds(10));

    private final SoloNode node = new SoloNode();

    private static List<LookupStep> steps(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Traced.class::isInstance)
                .map(Effect.Traced.class::cast)
                .filter(traced -> traced.operation() == LOOKUP)
                .map(Effect.Traced::step)
                .toList();
    }

    private List<Effect> find(LookupOptions options) {
        return node.submit(
                LOOKUP, new Command.FindRecords(Fixtures.B.nodeId(), RecordType.ENDPOINT, Want.NEWEST, options));
    }

    private static Effect.Send question(List<Effect> effects, Peer to) {
        return SoloNode.sends(effects, Message.FindValue.class::isInstance).stream()
                .filter(send -> send.to().equals(to.endpoint()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTraceTellsWhomItAskedAndWhatCame() {
        Peer holder = node.newPublicPeer();
        Peer dead = node.newPublicPeer();
        node.befriend(holder);
        node.befriend(dead);
        List<Effect> begun = find(OPTIONS.withTrace());
        assertThat(steps(begun))
                .extracting(LookupStep::node)
                .containsExactlyInAnyOrder(holder.contact(), dead.contact());
        assertThat(steps(begun)).allSatisfy(step -> {
            assertThat(step.event()).isEqualTo(new LookupStep.Asked());
            assertThat(step.elapsed()).isZero();
            assertThat(step.sharedBits())
                    .isEqualTo(
                            Fixtures.B.nodeId().commonPrefixLength(step.node().nodeId()));
        });

        node.advance(Duration.ofMillis(30));
        Peer told = node.newPublicPeer();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 9, Fixtures.NOW, 3600);
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of(told.contact())), Optional.empty(), Fixtures.observed(), List.of(record.record()));
        List<LookupStep> answered = steps(node.answer(holder, question(begun, holder), answer, record));
        assertThat(answered.getFirst().elapsed()).isEqualTo(Duration.ofMillis(30));
        assertThat(answered.getFirst().event()).isInstanceOfSatisfying(LookupStep.Answered.class, event -> {
            assertThat(event.nodes()).containsExactly(told.contact());
            assertThat(event.records()).containsExactly(record);
            assertThat(event.roundTrip()).isEqualTo(Duration.ofMillis(30));
        });
        assertThat(answered.get(1).node()).isEqualTo(told.contact());

        List<LookupStep> rest = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rest.addAll(steps(node.advance(Duration.ofMillis(200))));
        }
        assertThat(rest).anySatisfy(step -> assertThat(step.event()).isEqualTo(new LookupStep.Failed(Failure.TIMEOUT)));
    }

    @Test
    void aLookupWithoutTraceTellsNothing() {
        node.befriend(node.newPublicPeer());
        assertThat(find(OPTIONS)).noneMatch(Effect.Traced.class::isInstance);
    }
}
