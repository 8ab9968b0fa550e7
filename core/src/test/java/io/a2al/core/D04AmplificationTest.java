package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known-defects D-04: a node sends only little to an unverified address. */
class D04AmplificationTest {

    private static final NodeId TOPIC = Topics.keyOf("x");
    private static final long NOW = VirtualNetwork.START_SECONDS;

    private final SoloNode node = new SoloNode();
    private final Endpoint victim = VirtualNetwork.publicEndpoint(60_000);
    private final VerifiedRecord large = TestRecords.opaque(Fixtures.B, 3, Bytes.zeros(900), 1, NOW, 3600);
    private long received;
    private long sent;

    /** A node with a full routing table and many records. */
    @BeforeEach
    void fill() {
        for (int i = 0; i < 20; i++) {
            node.befriend(node.newPeerInBucket(i % 2));
        }
        Peer publisher = node.newPeer();
        for (int i = 0; i < 20; i++) {
            VerifiedRecord entry = TestRecords.topic(Fixtures.identity(i), "x", 1, NOW, 3600);
            node.request(publisher, new Message.Store(entry.record(), Optional.of(TOPIC)), entry);
        }
        node.request(publisher, new Message.Store(large.record(), Optional.empty()), large);
        assertThat(node.core().statistics().store().records().used()).isEqualTo(21);
        node.advance(Duration.ofSeconds(30));
    }

    private void count(List<Effect> effects) {
        for (Effect.Send send : SoloNode.sends(effects)) {
            if (send.to().equals(victim)) {
                sent += Math.max(MessageCodec.encodedLength(send.message()), send.paddedLength());
            }
        }
        assertThat(sent).isLessThanOrEqualTo(3 * received);
    }

    private Message anything(SplittableRandom random, Peer sender) {
        return switch (random.nextInt(6)) {
            case 0 -> new Message.Ping(sender.contact().address());
            case 1 -> new Message.FindNode(sender.id());
            case 2 -> new Message.FindValue(TOPIC, RecordType.TOPIC, random.nextBoolean());
            case 3 -> new Message.FindValue(Fixtures.B.nodeId(), 0, false);
            case 4 -> new Message.NatProbeRequest(Bytes.zeros(8), victim);
            default ->
                new Message.Store(
                        TestRecords.topic(Fixtures.identity(random.nextInt(40)), "x", 1, NOW, 3600)
                                .record(),
                        Optional.of(TOPIC));
        };
    }

    /**
     * No sequence of requests, from one identity or many, in bursts or with pauses, gets more than three times its
     * bytes.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void d04_noSequenceOfRequestsGetsMoreThanThreeTimesItsBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean oneIdentity = seed % 2 == 0;
        Peer sender = node.newPeer(victim);
        for (int i = 0; i < 3_000; i++) {
            sender = oneIdentity ? sender : node.newPeer(victim);
            Message message = anything(random, sender);
            int length = MessageCodec.encodedLength(message) + (random.nextInt(3) == 0 ? random.nextInt(300) : 0);
            received += length;
            count(node.paddedRequest(sender, message, length));
            if (random.nextInt(4) == 0) {
                count(node.advance(Duration.ofMillis(random.nextInt(3_000))));
            }
        }
        assertThat(sent).as("it does answer").isGreaterThan(received);
        assertThat(node.core().statistics().guard().repliesShortened()).isPositive();
    }

    @Test
    void d04_aPaddedRequestIsAnsweredInFullBesideThePing() {
        Peer contact = node.newPeerInBucket(2);
        node.befriend(contact);
        Peer known = node.newPeer();
        node.befriend(known);
        for (Message question : List.of(
                new Message.FindNode(contact.id()),
                new Message.FindValue(TOPIC, RecordType.TOPIC, false),
                new Message.FindValue(Fixtures.B.nodeId(), 0, false))) {
            Peer asker = node.newPeerInBucket(5);
            int padded = question instanceof Message.FindNode ? 452 : 457;
            List<Effect> effects = node.paddedRequest(asker, question, padded);
            Effect.Send answer = SoloNode.sends(effects).getFirst();
            assertThat(nodesAndRecords(answer.message()))
                    .as("%s", question)
                    .isEqualTo(nodesAndRecords(SoloNode.sends(node.request(known, question))
                            .getFirst()
                            .message()));
            assertThat(SoloNode.sends(effects, Message.Ping.class::isInstance))
                    .as("there is a place for it")
                    .hasSize(1);
        }
    }

    private static List<Integer> nodesAndRecords(Message answer) {
        return answer instanceof Message.FindValueResponse values
                ? List.of(values.nodes().size(), values.records().size())
                : List.of(((Message.FindNodeResponse) answer).nodes().size(), 0);
    }

    @Test
    void d04_aPingIsAlwaysAnsweredAndTheProofLiftsTheLimit() {
        Peer stranger = node.newPeer(victim);
        for (int i = 0; i < 100; i++) {
            assertThat(SoloNode.sends(node.pingFrom(stranger), Message.Pong.class::isInstance))
                    .hasSize(1);
        }
        node.advance(Duration.ofMinutes(3));
        List<Effect> effects = node.request(stranger, new Message.FindNode(stranger.id()));
        assertThat(nodesIn(effects)).as("enough for a lookup to go on").hasSizeGreaterThanOrEqualTo(3);
        Effect.Send ping = SoloNode.pingsTo(effects, victim).getFirst();
        node.pong(stranger, ping);
        assertThat(nodesIn(node.request(stranger, new Message.FindNode(stranger.id()))))
                .hasSizeGreaterThanOrEqualTo(15);
    }

    /** Before anything is verified. Answers to our own requests are admitted, however much else comes from there. */
    @Test
    void d04_ofAFloodOfRequestsOnlySoManyGetPastTheFirstLook() {
        Peer flooder = node.newPeer(victim);
        node.befriend(flooder);
        Header request = Header.of(MessageType.FIND_NODE, node.newTransaction());
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += node.isAdmitted(flooder, request) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(GuardSettings.DEFAULT.rates().perSource().burst());
        assertThat(node.isAdmitted(node.newPeer(), request))
                .as("another source")
                .isTrue();
        Effect.Send ping = SoloNode.pings(node.submit(1, new Command.Ping(victim, Duration.ofSeconds(2))))
                .getFirst();
        assertThat(node.isAdmitted(flooder, Header.of(MessageType.PONG, ping.transactionId())))
                .isTrue();
    }

    private static List<Contact> nodesIn(List<Effect> effects) {
        return SoloNode.sends(effects, Message.FindNodeResponse.class::isInstance).stream()
                .flatMap(send -> ((Message.FindNodeResponse) send.message()).nodes().stream())
                .toList();
    }

    /** An answer without room for a record is empty, so that the asker asks again; then there is room. */
    @Test
    void d04_aLargeRecordIsToldWhenTheAskerHasSentEnough() {
        Peer stranger = node.newPeer(victim);
        Message question = new Message.FindValue(Fixtures.B.nodeId(), 0, false);
        List<Message.FindValueResponse> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SoloNode.sends(node.request(stranger, question), Message.FindValueResponse.class::isInstance)
                    .forEach(send -> answers.add((Message.FindValueResponse) send.message()));
        }
        assertThat(answers).hasSize(4);
        assertThat(answers.getFirst().records()).isEmpty();
        assertThat(answers.getFirst().nodes()).isEmpty();
        assertThat(answers.getLast().records()).containsExactly(large.record());
    }

    /** An address is asked a few times, however often peers report it. */
    @Test
    void d04_reportedAddressesAreAskedAFewTimesOnly() {
        SoloNode fresh = new SoloNode();
        Peer liar = fresh.newPublicPeer();
        fresh.befriend(liar);
        int asked = 0;
        for (int i = 0; i < 50; i++) {
            List<Contact> lies = new ArrayList<>();
            for (int port = 1; port <= 15; port++) {
                lies.add(fresh.newPeer(victim.withPort(i * 15 + port)).contact());
            }
            List<Effect> effects =
                    fresh.submit(i, new Command.FindNode(lies.getFirst().nodeId(), Duration.ofSeconds(5)));
            Effect.Send question = SoloNode.sends(effects).getFirst();
            effects =
                    fresh.answer(liar, question, new Message.FindNodeResponse(Optional.of(lies), Fixtures.observed()));
            asked += toVictim(effects);
            asked += toVictim(fresh.advance(Duration.ofMillis(200)));
        }
        // Ten at once, and one for each of ten seconds.
        assertThat(asked).isBetween(10, 21);
        assertThat(fresh.core().statistics().guard().hearsayWithheld()).isGreaterThan(500);
    }

    /** Found by simulation: such requests were sent without limit, because the node is a contact. */
    @Test
    void d02_aNodeThatBecameAContactIsAskedAtItsVerifiedAddress() {
        SoloNode fresh = new SoloNode();
        Peer liar = fresh.newPublicPeer();
        fresh.befriend(liar);
        Map<Endpoint, Peer> told = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            Peer peer = fresh.newPublicPeer();
            told.put(peer.endpoint(), peer);
        }
        NodeId target = told.values().iterator().next().id();
        Peer farthest = told.values().stream()
                .max(Comparator.comparing(Peer::id, target.byDistance()))
                .orElseThrow();
        List<Contact> lies = told.values().stream()
                .map(peer -> peer.equals(farthest) ? peer.contact().at(victim) : peer.contact())
                .toList();
        Effect.Send question = SoloNode.sends(fresh.submit(1, new Command.FindNode(target, Duration.ofSeconds(5))))
                .getFirst();
        Deque<Effect> effects = new ArrayDeque<>(
                fresh.answer(liar, question, new Message.FindNodeResponse(Optional.of(lies), Fixtures.observed())));
        fresh.befriend(farthest);
        List<Endpoint> asked = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        while (!effects.isEmpty()) {
            List<Effect> next = List.of(effects.remove());
            outcomes.addAll(SoloNode.outcomes(next));
            for (Effect.Send send : SoloNode.sends(next, Message.FindNode.class::isInstance)) {
                asked.add(send.to());
                Optional.ofNullable(told.get(send.to()))
                        .ifPresent(peer -> effects.addAll(fresh.answer(
                                peer,
                                send,
                                new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()))));
            }
        }
        assertThat(asked).contains(farthest.endpoint()).doesNotContain(victim);
        outcomes.addAll(SoloNode.outcomes(fresh.advance(Duration.ofSeconds(6))));
        assertThat(outcomes)
                .singleElement()
                .satisfies(
                        outcome -> assertThat(((Outcome.Nodes) outcome).nodes()).contains(farthest.contact()));
    }

    private int toVictim(List<Effect> effects) {
        return (int) SoloNode.sends(effects).stream()
                .filter(send -> send.to().hasSameIp(victim))
                .count();
    }
}
