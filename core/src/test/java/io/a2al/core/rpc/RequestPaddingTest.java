package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequestPaddingTest {

    private static final Message FIND_NODE = new Message.FindNode(Fixtures.B.nodeId());
    private static final Message FIND_VALUE = new Message.FindValue(Fixtures.B.nodeId(), 1, false);

    private final OwnAddressProofs proofs = new OwnAddressProofs(Duration.ofMinutes(10), 100);
    private final RequestPadding padding =
            new RequestPadding(RequestSettings.Padding.DEFAULT, NetworkAssumptions.DEFAULT, proofs, 100);
    private final SplittableRandom random = new SplittableRandom(1);
    private long nanos = 1;

    private NodeId newNode() {
        return NodeId.of(Fixtures.random(random, NodeId.LENGTH));
    }

    private int lengthFor(NodeId node, Message request) {
        return padding.lengthFor(new NodeTime(nanos, 0), node, request, true);
    }

    private static Message answer(int nodes) {
        Contact contact = Contact.of(Fixtures.B.address(), Fixtures.observed());
        return new Message.FindNodeResponse(Optional.of(Collections.nCopies(nodes, contact)), Fixtures.observed());
    }

    /** Asks new nodes that answer with so many contacts, and returns how many requests were padded. */
    private int askNewNodes(int count, int contacts) {
        int padded = 0;
        for (int i = 0; i < count; i++) {
            NodeId node = newNode();
            if (lengthFor(node, FIND_NODE) > 0) {
                padded++;
            } else {
                padding.onAnswer(node, nanos, answer(contacts), true);
            }
        }
        return padded;
    }

    @Test
    void questionsToNodesWithoutProofOfOurAddressAreAThirdOfTheLongestAnswerAndQuestion() {
        int longest = MessageCodec.ENVELOPE_LENGTH + 1050;
        int question = MessageCodec.encodedLength(FIND_NODE);
        assertThat(3 * lengthFor(newNode(), FIND_NODE)).isBetween(longest + question, longest + question + 2);
        assertThat(3 * lengthFor(newNode(), FIND_VALUE))
                .isBetween(MessageCodec.MAX_DATAGRAM + question, MessageCodec.MAX_DATAGRAM + question + 2);
        assertThat(lengthFor(newNode(), new Message.Ping(Fixtures.A.address()))).isZero();
    }

    @Test
    void aNodeWithProofOfOurAddressIsSentNoPadding() {
        NodeId node = newNode();
        proofs.make(node, nanos);
        assertThat(lengthFor(node, FIND_NODE)).as("the answer may be lost").isPositive();
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(lengthFor(node, FIND_NODE)).isZero();
        nanos += Duration.ofMinutes(10).toNanos();
        assertThat(lengthFor(node, FIND_NODE)).as("the proof is old").isPositive();
    }

    @Test
    void nodesOfTheOriginalKindAreFoundAndSentNoPadding() {
        int padded = askNewNodes(100, 15);
        assertThat(padded).as("until the first trials").isBetween(10, 30);
        assertThat(askNewNodes(100, 15)).isZero();
    }

    @Test
    void amongNodesWithALimitTrialsBecomeRare() {
        askNewNodes(1_000, 3);
        assertThat(askNewNodes(640, 3)).isBetween(629, 631);
    }

    @Test
    void aNodeFoundWithoutALimitIsNotPaddedUntilItTruncatesAnAnswer() {
        NodeId node = newNode();
        padding.onAnswer(node, nanos, answer(7), true);
        assertThat(lengthFor(node, FIND_NODE)).isZero();
        padding.onAnswer(node, nanos, answer(6), false);
        assertThat(lengthFor(node, FIND_NODE)).isPositive();
    }

    @Test
    void theAnswerOfANodeWithCreditSaysNothing() {
        NodeId node = newNode();
        padding.onAnswer(node, nanos, answer(15), false);
        assertThat(lengthFor(node, FIND_NODE)).isPositive();
    }

    @Test
    void theAnswerOfANodeThatVerifiedUsOnceSaysNothing() {
        NodeId node = newNode();
        proofs.make(node, nanos);
        nanos += Duration.ofHours(1).toNanos();
        padding.onAnswer(node, nanos, answer(15), true);
        assertThat(lengthFor(node, FIND_NODE)).isPositive();
    }

    @Test
    void otherAnswersSayNothing() {
        NodeId node = newNode();
        padding.onAnswer(node, nanos, answer(7), true);
        padding.onAnswer(node, nanos, new Message.StoreResponse(true, false, 0), false);
        assertThat(lengthFor(node, FIND_NODE)).isZero();
    }

    @Test
    void itRemembersNoMoreNodesThanItsCapacity() {
        NodeId first = newNode();
        padding.onAnswer(first, nanos, answer(7), true);
        for (int i = 0; i < 100; i++) {
            padding.onAnswer(newNode(), nanos, answer(7), true);
        }
        assertThat(padding.lengthFor(new NodeTime(nanos, 0), first, FIND_NODE, false))
                .isPositive();
    }
}
