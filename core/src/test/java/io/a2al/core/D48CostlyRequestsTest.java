package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Known-defects D-48: a request is answered from what the node has, and answers to lookups are not stored. That the
 * core checks no signature is tested by {@code ArchitectureTest}.
 */
class D48CostlyRequestsTest {

    private final SoloNode node = new SoloNode();

    @ParameterizedTest
    @EnumSource(Want.class)
    void whatALookupFindsIsNotStored(Want want) {
        Peer holder = node.newPeer();
        node.befriend(holder);
        VerifiedRecord found = TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 3600);
        List<Effect> effects = node.submit(
                1, new Command.FindRecords(Fixtures.B.nodeId(), RecordType.ENDPOINT, want, Duration.ofSeconds(5)));
        Effect.Send question =
                SoloNode.sends(effects, Message.FindValue.class::isInstance).getFirst();
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of()), Optional.empty(), Fixtures.observed(), List.of(found.record()));
        List<Effect> after = new ArrayList<>(node.answer(holder, question, answer, found));
        after.addAll(node.advance(Duration.ofSeconds(5)));

        assertThat(SoloNode.outcomes(after))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(((Outcome.Records) outcome).records()).containsExactly(found));
        assertThat(node.core().store().size(node.now().unixSeconds())).isZero();
    }

    @Test
    void aRequestFromAFriendCausesItsAnswerAndNothingElse() {
        Peer friend = node.newPeer();
        node.befriend(friend);
        VerifiedRecord own = TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 3600);
        node.request(friend, new Message.Store(own.record(), Optional.empty()), own);
        for (Message request : List.of(
                new Message.Ping(friend.contact().address()),
                new Message.FindNode(friend.id()),
                new Message.FindValue(Fixtures.B.nodeId(), RecordType.ENDPOINT, false))) {
            assertThat(node.request(friend, request)).hasSize(1);
        }
    }
}
