package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests of the node: matching of answers, retransmission, failures. */
class NodeCorePingTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final SoloNode node = new SoloNode();

    private Effect.Send pingTo(Peer peer, long operation) {
        return SoloNode.pings(node.submit(operation, new Command.Ping(peer.endpoint(), TWO_SECONDS)))
                .getFirst();
    }

    @Test
    void twoNodesPing() {
        VirtualNetwork network = new VirtualNetwork(1);
        Node a = network.addNode();
        Node b = network.addNode();
        Outcome.Answered answered =
                network.call(Outcome.Answered.class, a, new Command.Ping(b.endpoint(), TWO_SECONDS));
        assertThat(answered.node()).isEqualTo(b.contact());
        assertThat(answered.observed()).contains(a.endpoint());
        assertThat(answered.roundTrip()).isBetween(Duration.ofMillis(40), Duration.ofMillis(160));
        network.runFor(Duration.ofSeconds(1));
        assertThat(a.core().contacts()).containsExactly(b.contact());
        assertThat(b.core().contacts()).as("b proved a in turn").containsExactly(a.contact());
        assertThat(network.sent(MessageType.PING)).isEqualTo(2);
        assertThat(network.sent(MessageType.PONG)).isEqualTo(2);
    }

    @Test
    void aPingThatIsNotAnsweredTimesOut() {
        VirtualNetwork network = new VirtualNetwork(1);
        Node a = network.addNode();
        Node b = network.addNode();
        network.cut(a.endpoint(), b.endpoint());
        Command ping = new Command.Ping(b.endpoint(), TWO_SECONDS);
        network.call(Outcome.NoAnswer.class, a, ping);
        assertThat(network.now().nanos()).isEqualTo(TWO_SECONDS.toNanos());
        network.heal(a.endpoint(), b.endpoint());
        network.call(Outcome.Answered.class, a, ping);
    }

    @Test
    void aRequestIsRepeatedAndItsFirstAttemptCanStillBeAnswered() {
        Peer peer = node.newPeer();
        Effect.Send first = pingTo(peer, 1);
        assertThat(node.advance(Duration.ofMillis(499))).isEmpty();
        assertThat(node.advance(Duration.ofMillis(1))).as("D-10").containsExactly(first);
        assertThat(node.advance(Duration.ofMillis(999))).isEmpty();
        assertThat(node.advance(Duration.ofMillis(1))).containsExactly(first);
        assertThat(SoloNode.outcomes(node.pong(peer, first))).singleElement().isInstanceOf(Outcome.Answered.class);
        assertThat(node.advance(Duration.ofSeconds(5))).isEmpty();
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.messages().sent()).isEqualTo(3);
        assertThat(statistics.requests().answered()).isEqualTo(1);
        assertThat(statistics.requests().timedOut()).isZero();
        assertThat(statistics.requests().pending().used()).isZero();
    }

    @Test
    void aSecondAnswerChangesNothing() {
        Peer peer = node.newPeer();
        Effect.Send ping = pingTo(peer, 1);
        node.pong(peer, ping);
        assertThat(node.isAdmitted(peer, Header.of(MessageType.PONG, ping.transactionId())))
                .isFalse();
        assertThat(node.pong(peer, ping)).isEmpty();
        assertThat(node.core().statistics().requests().answered()).isEqualTo(1);
    }

    @Test
    void d13_anAnswerFromAnotherAddressIsNone() {
        Peer peer = node.newPeer();
        Effect.Send ping = pingTo(peer, 1);
        Peer elsewhere = node.newPeer().at(VirtualNetwork.privateEndpoint(4_000));
        Message pong = new Message.Pong(peer.contact().address(), Fixtures.observed());
        Header header = Header.of(MessageType.PONG, ping.transactionId());
        assertThat(node.isAdmitted(peer, header)).isTrue();
        assertThat(node.isAdmitted(elsewhere, header)).isFalse();
        assertThat(node.receive(peer, elsewhere.endpoint(), ping.transactionId(), pong))
                .isEmpty();
        assertThat(node.core().contacts()).isEmpty();
        assertThat(node.core().statistics().requests().pending().used()).isEqualTo(1);
    }

    @Test
    void anAnswerFromAnotherPortIsOne() {
        Peer peer = node.newPeer();
        Effect.Send ping = pingTo(peer, 1);
        Message pong = new Message.Pong(peer.contact().address(), Fixtures.observed());
        List<Effect> effects = node.receive(peer, peer.endpoint().withPort(50_000), ping.transactionId(), pong);
        assertThat(SoloNode.outcomes(effects)).singleElement().isInstanceOf(Outcome.Answered.class);
        assertThat(node.core().contacts()).as("where it can be asked").containsExactly(peer.contact());
    }

    @Test
    void anAnswerOfAnotherTypeIsNone() {
        Peer peer = node.newPeer();
        Effect.Send ping = pingTo(peer, 1);
        assertThat(node.answer(peer, ping, Message.StoreResponse.of(true))).isEmpty();
        assertThat(node.core().contacts()).isEmpty();
        assertThat(SoloNode.outcomes(node.pong(peer, ping))).hasSize(1);
    }

    /** Another identity has the address of a contact now (D-13). */
    @Test
    void d13_anotherIdentityAtTheAddressIsAFailureOfTheExpectedOne() {
        Peer gone = node.newPeer();
        Peer successor = node.newPeer(gone.endpoint());
        Peer asker = node.newPeer();
        node.befriend(gone);
        for (int i = 1; i <= 2; i++) {
            List<Effect> effects = node.submit(i, new Command.FindNode(gone.id(), Duration.ofSeconds(10)));
            Effect.Send question = SoloNode.sends(effects).stream()
                    .filter(send -> send.message() instanceof Message.FindNode)
                    .findFirst()
                    .orElseThrow();
            Message answer = new Message.FindNodeResponse(
                    Optional.of(List.of(node.newPeer().contact())), Fixtures.observed());
            effects = node.answer(successor, question, answer);
            assertThat(SoloNode.sends(effects, Message.FindNode.class::isInstance))
                    .as("what the wrong one tells does not count")
                    .isEmpty();
            if (i == 1) {
                assertThat(SoloNode.outcomes(effects))
                        .containsExactly(new Outcome.Nodes(
                                List.of(), new LookupReport(1, 0, 0, Duration.ZERO, true, List.of(), false)));
            }
            node.advance(Duration.ofSeconds(11));
        }
        assertThat(node.core().contacts()).contains(successor.contact());
        Message told = SoloNode.sends(node.request(asker, new Message.FindNode(gone.id())))
                .getFirst()
                .message();
        assertThat(((Message.FindNodeResponse) told).nodes()).as("two failures").containsExactly(successor.contact());
    }

    /** Five requests unanswered are needed to lose a contact; each of them counts once. */
    @Test
    void d11_aTimeoutCountsOnce() {
        Peer peer = node.newPeer();
        Peer other = node.newPeer();
        node.befriend(peer);
        for (int failures = 1; failures <= 5; failures++) {
            assertThat(node.core().contacts()).as("after " + (failures - 1)).contains(peer.contact());
            List<Effect> effects = new ArrayList<>(node.submit(failures, new Command.FindNode(peer.id(), TWO_SECONDS)));
            node.advance(Duration.ofMillis(10));
            // Another peer answers, so that our own network is not doubted.
            node.pong(other, pingTo(other, 100 + failures));
            effects.addAll(node.advance(Duration.ofSeconds(3)));
            assertThat(SoloNode.sends(effects, Message.FindNode.class::isInstance))
                    .filteredOn(send -> send.to().equals(peer.endpoint()))
                    .as("attempts")
                    .hasSizeBetween(3, 4);
            assertThat(node.core().contacts()).contains(other.contact());
            // For a while that doubles, a bad peer is not asked.
            node.advance(Duration.ofSeconds(failures < 2 ? 0 : 30L << (failures - 2)));
        }
        assertThat(node.core().contacts()).containsExactly(other.contact());
    }
}
