package io.a2al.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single requests of the application. */
class PeerCallsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final SoloNode node = new SoloNode();
    private final Peer peer = node.newPeer();

    private Effect.Send ask(Optional<NodeId> expected, Message request) {
        return SoloNode.sends(node.submit(1, new Command.Ask(peer.endpoint(), expected, request, TIMEOUT)))
                .getFirst();
    }

    @Test
    void theAnswerComesAsItIsWithTheRecordsThatHold() {
        VerifiedRecord good = TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 60);
        VerifiedRecord bad = TestRecords.endpoint(Fixtures.C, "x", 1, VirtualNetwork.START_SECONDS, 60);
        Effect.Send question = ask(Optional.empty(), new Message.FindValue(Fixtures.B.nodeId(), 0, false));
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of(node.newPeer().contact())),
                Optional.empty(),
                Fixtures.observed(),
                List.of(bad.record(), good.record()));
        node.advance(Duration.ofMillis(30));

        List<Effect> effects = node.answer(peer, question, answer, good);

        assertThat(SoloNode.outcomes(effects))
                .containsExactly(new Outcome.Answered(peer.contact(), answer, List.of(good), Duration.ofMillis(30)));
        assertThat(((Outcome.Answered) SoloNode.outcomes(effects).getFirst()).observed())
                .contains(Fixtures.observed());
        assertThat(node.core().contacts()).as("only the node that answered").containsExactly(peer.contact());
        assertThat(node.core().statistics().store().records().used()).isZero();
    }

    @Test
    void anyNodeMayAnswerIfNoneIsExpected() {
        Peer successor = node.newPeer(peer.endpoint());
        Effect.Send question = ask(Optional.empty(), new Message.FindNode(NodeId.ZERO));
        Message answer = new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed());

        assertThat(SoloNode.outcomes(node.answer(successor, question, answer)))
                .containsExactly(new Outcome.Answered(successor.contact(), answer, List.of(), Duration.ZERO));
    }

    @Test
    void anAnswerOfAnotherNodeDoesNotCount() {
        Peer successor = node.newPeer(peer.endpoint());
        Effect.Send question = ask(Optional.of(peer.id()), new Message.FindNode(NodeId.ZERO));
        Message answer = new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed());

        assertThat(SoloNode.outcomes(node.answer(successor, question, answer)))
                .containsExactly(new Outcome.OtherIdentity());
    }

    @Test
    void aRequestWithoutAnAnswerEndsAtTheTimeout() {
        ask(Optional.of(peer.id()), new Message.FindNode(NodeId.ZERO));

        assertThat(SoloNode.outcomes(node.advance(Duration.ofMillis(2999)))).isEmpty();
        assertThat(SoloNode.outcomes(node.advance(Duration.ofMillis(1)))).containsExactly(new Outcome.NoAnswer());
    }

    @Test
    void aMessageWithoutAResponseIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Command.Ask(peer.endpoint(), Optional.empty(), Message.StoreResponse.of(true), TIMEOUT))
                .withMessage("not a request: STORE_RESPONSE; it must be a message with a response");
    }
}
