package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Input;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.liveness.Connectivity;
import io.a2al.core.liveness.ConnectivitySettings;
import io.a2al.core.liveness.FailureDetector;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerHealthSettings;
import io.a2al.core.liveness.PeerListener;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.Timers;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests alone: the test plays the peers, the clock and the routing table. */
class RequestsTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final NodeId KEY = Fixtures.C.nodeId();
    private static final Message FIND_NODE = new Message.FindNode(KEY);

    private record Peer(Bytes key, Contact contact) {
        NodeId id() {
            return contact.nodeId();
        }
    }

    private static final class Handler implements ReplyHandler {
        private final List<Message> replies = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();

        @Override
        public void onReply(NodeTime now, Reply reply) {
            replies.add(reply.message());
        }

        @Override
        public void onFailure(NodeTime now, Failure failure) {
            failures.add(failure);
        }
    }

    private static final class RecordingPeerListener implements PeerListener {
        private final List<NodeId> proven = new ArrayList<>();
        private final List<NodeId> failed = new ArrayList<>();
        private final List<NodeId> questionable = new ArrayList<>();

        @Override
        public void onVerified(NodeTime now, Contact contact) {
            proven.add(contact.nodeId());
        }

        @Override
        public void onClientVerified(NodeTime now, Contact contact) {
            throw new AssertionError("no client is here: " + contact);
        }

        @Override
        public void onFailed(NodeTime now, NodeId nodeId) {
            failed.add(nodeId);
        }

        @Override
        public void onQuestionable(NodeTime now, NodeId nodeId) {
            questionable.add(nodeId);
        }
    }

    private static final class RecordingAddressListener implements AddressListener {
        private final List<Endpoint> silent = new ArrayList<>();

        @Override
        public void onAnswer(NodeTime now, Contact node, Message answer) {
            silent.remove(node.endpoint());
        }

        @Override
        public void onTimeout(NodeTime now, Endpoint address) {
            silent.add(address);
        }

        @Override
        public boolean isHopeless(NodeTime now, Endpoint address) {
            return false;
        }
    }

    private final SplittableRandom random = new SplittableRandom(6);
    private final PeerHealth health = new PeerHealth(PeerHealthSettings.DEFAULT, 100);
    private final PeerVersions versions = new PeerVersions(100);
    private final Timers timers = new Timers();
    private final Outbox outbox = new Outbox(new Guard(GuardSettings.DEFAULT, 1, new NodeTime(0, 0)));
    private final RecordingPeerListener witness = new RecordingPeerListener();
    private final RecordingAddressListener addresses = new RecordingAddressListener();
    private final Connectivity connectivity = new Connectivity(ConnectivitySettings.DEFAULT, 0);
    private final FailureDetector failures = new FailureDetector(PeerHealthSettings.DEFAULT, health, connectivity);
    private final OwnAddressProofs proofs = new OwnAddressProofs(Duration.ofMinutes(10), 100);
    private final Requests requests = new Requests(
            NodeSettings.DEFAULT.requests(),
            health,
            versions,
            new Clockwork(timers, random),
            outbox,
            new RequestPadding(RequestSettings.Padding.DEFAULT, NetworkAssumptions.DEFAULT, proofs, 100),
            failures);
    private final Handler handler = new Handler();
    private long nanos;

    RequestsTest() {
        failures.subscribe(witness);
        requests.subscribe(addresses);
    }

    private NodeTime now() {
        return new NodeTime(nanos, VirtualNetwork.START_SECONDS);
    }

    private Peer newPeer() {
        Bytes key = Fixtures.random(random, 32);
        Endpoint endpoint = VirtualNetwork.privateEndpoint(1 + random.nextInt(1_000_000));
        Header header = Header.of(FIND_NODE.type(), TransactionId.generate(random));
        return new Peer(key, Envelope.of(header, FIND_NODE, key).senderAt(endpoint));
    }

    private void ask(Peer peer, Message question) {
        assertThat(requests.ask(now(), peer.contact(), question, handler)).isTrue();
    }

    /** What was sent since the last time. */
    private List<Effect.Send> sent() {
        return SoloNode.sends(outbox.drain());
    }

    /** Lets time pass and returns what was sent. */
    private List<Effect.Send> advance(Duration duration) {
        long until = nanos + duration.toNanos();
        while (timers.nextDeadline() <= until) {
            nanos = timers.nextDeadline();
            timers.fire(now());
        }
        nanos = until;
        return sent();
    }

    private void answer(Peer peer, Effect.Send question, Message answer) {
        Envelope envelope = Envelope.of(Header.of(answer.type(), question.transactionId()), answer, peer.key());
        requests.onResponse(now(), new Input.Received(question.to(), envelope, 0, List.of()));
    }

    private static Message noNodes() {
        return new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed());
    }

    private static Message pong(Peer peer) {
        return new Message.Pong(peer.contact().address(), Fixtures.observed());
    }

    /** A peer answers, so that timeouts from now on are not taken for an outage of our own network. */
    private void aPeerAnswers() {
        Peer peer = newPeer();
        requests.ask(now(), peer.contact(), ping(), ReplyHandler.INDIFFERENT);
        answer(peer, sent().getFirst(), pong(peer));
    }

    private static Message ping() {
        return new Message.Ping(Fixtures.A.address());
    }

    // ---- repetition -------------------------------------------------------------------------------------------

    @Test
    void d10_aRequestIsRepeatedWithinItsDeadlineAndALateAnswerCounts() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        Effect.Send first = sent().getFirst();
        List<Effect.Send> repeated = advance(Duration.ofMillis(1900));
        assertThat(repeated).as("the same transaction").containsExactly(first, first);
        answer(peer, first, noNodes());
        assertThat(handler.replies).hasSize(1);
        assertThat(advance(TWO_SECONDS)).isEmpty();
        assertThat(handler.failures).isEmpty();
        assertThat(health.medianRoundTrip(-1))
                .as("it is unknown which attempt was answered")
                .isEqualTo(-1);
    }

    @Test
    void d10_aDistantPeerIsAskedOnceFromTheSecondTimeOn() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        Effect.Send first = sent().getFirst();
        assertThat(advance(Duration.ofMillis(700))).as("it might be near").hasSize(1);
        answer(peer, first, noNodes());
        for (int i = 0; i < 2; i++) {
            ask(peer, FIND_NODE);
            Effect.Send again = sent().getFirst();
            assertThat(advance(Duration.ofMillis(700))).isEmpty();
            answer(peer, again, noNodes());
        }
        assertThat(health.medianRoundTrip(-1)).isEqualTo(Duration.ofMillis(700).toNanos());
    }

    @Test
    void theRoundTripOfAQuestionSentOnceIsMeasured() {
        Peer peer = newPeer();
        assertThat(requests.tryOnce(now(), peer.contact(), FIND_NODE, handler)).isTrue();
        Effect.Send question = sent().getFirst();
        advance(Duration.ofMillis(40));
        answer(peer, question, noNodes());
        assertThat(handler.replies).hasSize(1);
        assertThat(health.medianRoundTrip(-1)).isEqualTo(Duration.ofMillis(40).toNanos());
    }

    @Test
    void aQuestionSentOnceIsNotRepeatedAndItsTimeoutIsNoFailure() {
        Peer peer = newPeer();
        assertThat(requests.tryOnce(now(), peer.contact(), FIND_NODE, handler)).isTrue();
        assertThat(sent()).hasSize(1);
        assertThat(advance(Duration.ofSeconds(10))).isEmpty();
        assertThat(handler.failures).containsExactly(Failure.TIMEOUT);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(requests.statistics().pending().used()).isZero();
        assertThat(timers.size()).isZero();
    }

    @Test
    void d10_aNearPeerIsAskedAgainSooner() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        Effect.Send first = sent().getFirst();
        advance(Duration.ofMillis(40));
        answer(peer, first, noNodes());
        ask(peer, FIND_NODE);
        sent();
        assertThat(advance(Duration.ofMillis(250))).hasSize(1);
    }

    // ---- failures ---------------------------------------------------------------------------------------------

    @Test
    void d11_aTimeoutIsOneFailureHoweverOftenTheRequestWasSent() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        assertThat(advance(Duration.ofSeconds(5))).hasSize(3);
        assertThat(handler.failures).containsExactly(Failure.TIMEOUT);
        assertThat(health.failures(peer.id())).isEqualTo(1);
        assertThat(requests.statistics().timedOut()).isEqualTo(1);
        assertThat(addresses.silent).containsExactly(peer.contact().endpoint());
    }

    @Test
    void requestsAreCountedByTypeAndOutcomeAndAnswersByTheirDuration() {
        Message.Ping ping = new Message.Ping(Fixtures.A.address());
        Peer prompt = newPeer();
        ask(prompt, FIND_NODE);
        Effect.Send question = sent().getFirst();
        advance(Duration.ofMillis(40));
        answer(prompt, question, noNodes());
        Peer replaced = newPeer();
        ask(replaced, FIND_NODE);
        answer(newPeer(), sent().getFirst(), noNodes());
        ask(newPeer(), ping);
        assertThat(requests.tryOnce(now(), newPeer().contact(), ping, handler)).isTrue();
        advance(Duration.ofSeconds(5));
        ask(newPeer(), FIND_NODE);
        requests.abandon(handler);

        RequestStatistics statistics = requests.statistics();
        assertThat(statistics.outcomes().get(MessageType.FIND_NODE))
                .containsEntry(RequestOutcome.ANSWERED, 1L)
                .containsEntry(RequestOutcome.OTHER_IDENTITY, 1L)
                .containsEntry(RequestOutcome.ABANDONED, 1L)
                .containsEntry(RequestOutcome.TIMED_OUT, 0L);
        assertThat(statistics.outcomes().get(MessageType.PING))
                .containsEntry(RequestOutcome.TIMED_OUT, 1L)
                .containsEntry(RequestOutcome.TRIAL_TIMED_OUT, 1L);
        assertThat(statistics.answered()).isEqualTo(2);
        assertThat(statistics.durations().get(MessageType.FIND_NODE).total())
                .as("answers of the nodes that were asked")
                .isEqualTo(1);
        assertThat(statistics.durations().get(MessageType.FIND_NODE).sum())
                .isEqualTo(Duration.ofMillis(40).toNanos());
        assertThat(statistics.durations()).doesNotContainKey(MessageType.PONG);
    }

    @Test
    void d12_duringASuspectedOutageNoPeerIsSuspected() {
        Peer peer = newPeer();
        failures.suspectOutage(now());
        ask(peer, FIND_NODE);
        advance(Duration.ofSeconds(5));
        assertThat(handler.failures).containsExactly(Failure.OUTAGE);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(addresses.silent).isEmpty();
        assertThat(requests.statistics().excused()).isEqualTo(1);
        assertThat(requests.statistics().timedOut()).isZero();
    }

    @Test
    void d11_whatNeverLeftThisMachineIsNoFailureOfThePeer() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        Effect.Send first = sent().getFirst();
        requests.onUnsent(first.transactionId());
        for (int i = 0; i < 4; i++) {
            advance(Duration.ofMillis(500)).forEach(again -> requests.onUnsent(again.transactionId()));
        }
        assertThat(handler.failures).containsExactly(Failure.LOCAL);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(requests.statistics().excused()).isEqualTo(1);
    }

    @Test
    void d11_oneAttemptThatLeftIsEnoughToExpectAnAnswer() {
        Peer peer = newPeer();
        ask(peer, FIND_NODE);
        requests.onUnsent(sent().getFirst().transactionId());
        advance(Duration.ofSeconds(5));
        assertThat(handler.failures).containsExactly(Failure.TIMEOUT);
        assertThat(health.failures(peer.id())).isEqualTo(1);
    }

    @Test
    void d11_aRecordThatFitsIntoNoDatagramIsNotSent() {
        Peer peer = newPeer();
        VerifiedRecord large = TestRecords.opaque(Fixtures.A, 2, Bytes.zeros(895), 1, Fixtures.NOW, 3600);
        assertThat(large.record().encodedLength()).isBetween(1030, 1041);
        Message withKey = new Message.Store(large.record(), Optional.of(KEY));
        assertThat(requests.ask(now(), peer.contact(), withKey, handler)).isFalse();
        assertThat(sent()).isEmpty();
        assertThat(requests.statistics().pending().used()).isZero();
        Peer newer = newerPeer();
        assertThat(requests.ask(now(), newer.contact(), new Message.Push(KEY, large.record()), handler))
                .isFalse();
        ask(peer, new Message.Store(large.record(), Optional.empty()));
        assertThat(sent()).hasSize(1);
    }

    /** Nodes of the older protocol version do not answer when a record is too long for their answer. */
    @ParameterizedTest
    @ValueSource(ints = {RecordType.ANY, RecordType.ENDPOINT})
    void d19_aPeerThatMayBeUnableToAnswerIsPingedInsteadOfSuspected(int type) {
        Peer peer = newPeer();
        aPeerAnswers();
        for (int i = 1; i <= 6; i++) {
            ask(peer, new Message.FindValue(KEY, type, false));
            advance(Duration.ofSeconds(5));
        }
        assertThat(handler.failures).hasSize(6).containsOnly(Failure.TIMEOUT);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(witness.failed).isEmpty();
        assertThat(witness.questionable).as("worth a PING").hasSize(6).containsOnly(peer.id());
    }

    @Test
    void aPeerThatDoesNotAnswerForATopicIsSuspected() {
        Peer peer = newPeer();
        ask(peer, new Message.FindValue(KEY, RecordType.TOPIC, false));
        advance(Duration.ofSeconds(5));
        assertThat(health.failures(peer.id())).isEqualTo(1);
        assertThat(witness.questionable).isEmpty();
    }

    // ---- protocol versions ------------------------------------------------------------------------------------

    private static final Message SUBSCRIBE = new Message.FindValue(KEY, RecordType.TOPIC, true);
    private static final Message PLAIN = new Message.FindValue(KEY, RecordType.TOPIC, false);

    private Peer newerPeer() {
        Peer peer = newPeer();
        versions.observe(peer.id(), new Message.StoreResponse(true, true, 0));
        return peer;
    }

    @Test
    void d46_anExtendedRequestIsRepeatedInPlainFormAndItsTimeoutIsNoFailure() {
        Peer peer = newerPeer();
        aPeerAnswers();
        ask(peer, SUBSCRIBE);
        assertThat(sent()).extracting(Effect.Send::message).containsExactly(SUBSCRIBE);
        assertThat(advance(Duration.ofSeconds(5)))
                .extracting(Effect.Send::message)
                .containsExactly(PLAIN, PLAIN);
        assertThat(handler.failures).containsExactly(Failure.TIMEOUT);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(witness.failed).isEmpty();
        ask(peer, SUBSCRIBE);
        assertThat(sent()).as("forgotten").extracting(Effect.Send::message).containsExactly(PLAIN);
        advance(Duration.ofSeconds(5));
        assertThat(health.failures(peer.id()))
                .as("no answer to the plain form either")
                .isEqualTo(1);
    }

    @Test
    void d46_theAnswerToThePlainFormIsTheAnswer() {
        Peer peer = newerPeer();
        ask(peer, SUBSCRIBE);
        sent();
        Effect.Send plain = advance(Duration.ofMillis(600)).getFirst();
        Message answer =
                new Message.FindValueResponse(Optional.of(List.of()), Optional.empty(), Fixtures.observed(), List.of());
        answer(peer, plain, answer);
        assertThat(handler.replies).containsExactly(answer);
        assertThat(handler.failures).isEmpty();
    }

    @Test
    void d46_aPushHasNoPlainFormAndItsTimeoutIsNoFailure() {
        Peer peer = newerPeer();
        Message push = new Message.Push(
                KEY, TestRecords.topic(Fixtures.A, "topic", 1, Fixtures.NOW, 60).record());
        ask(peer, push);
        assertThat(sent()).hasSize(1);
        assertThat(advance(Duration.ofSeconds(5)))
                .extracting(Effect.Send::message)
                .hasSize(2)
                .containsOnly(push);
        assertThat(health.failures(peer.id())).isZero();
        assertThat(requests.ask(now(), peer.contact(), push, handler))
                .as("no longer known to understand the newer protocol version")
                .isFalse();
    }

    @Test
    void d46_anAnswerToTheExtendedFormConfirmsTheNewerProtocolVersion() {
        Peer peer = newerPeer();
        ask(peer, SUBSCRIBE);
        answer(
                peer,
                sent().getFirst(),
                new Message.FindValueResponse(
                        Optional.of(List.of()), Optional.empty(), Fixtures.observed(), List.of()));
        ask(peer, SUBSCRIBE);
        assertThat(sent()).extracting(Effect.Send::message).containsExactly(SUBSCRIBE);
    }
}
