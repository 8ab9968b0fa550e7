package io.a2al.core.push;

import static io.a2al.core.testing.SoloNode.outcomes;
import static io.a2al.core.testing.SoloNode.sends;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One node listens; the test plays the replicas, of either protocol version. */
class ListenServiceTest {

    private static final NodeId KEY = Topics.keyOf("news");
    private static final long LISTENER = 7;
    private static final Message PLAIN = new Message.FindValue(KEY, RecordType.TOPIC, false);
    private static final Message SUBSCRIBING = new Message.FindValue(KEY, RecordType.TOPIC, true);

    private enum Generation {
        OLDER,
        NEWER
    }

    private final SoloNode node = new SoloNode();
    private final Peer replica = node.newPublicPeer();
    private long sequence;

    private VerifiedRecord record() {
        return TestRecords.topic(Fixtures.B, "news", ++sequence, node.now().unixSeconds(), 3600);
    }

    private static List<VerifiedRecord> heard(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Heard.class::isInstance)
                .map(effect -> ((Effect.Heard) effect).record())
                .toList();
    }

    private static List<Effect.Send> questions(List<Effect> effects, Message wanted) {
        return sends(effects, wanted::equals);
    }

    private List<Effect> listen() {
        return node.submit(LISTENER, new Command.Listen(KEY, RecordType.TOPIC));
    }

    private List<Effect> answer(Effect.Send question, VerifiedRecord... records) {
        List<SignedRecord> signed =
                Arrays.stream(records).map(VerifiedRecord::record).toList();
        return node.answer(
                replica,
                question,
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), Fixtures.observed(), signed),
                records);
    }

    /** Listens, with the replica subscribed at; {@code first} is what it has. */
    private void subscribe(VerifiedRecord first) {
        node.befriend(replica);
        List<Effect> afterLook = answer(questions(listen(), PLAIN).getFirst(), first);
        answer(questions(afterLook, SUBSCRIBING).getFirst(), first);
    }

    /** The replica as a node that answers for a while: all that the node does meanwhile. */
    private List<Effect> play(Generation generation, Duration duration, VerifiedRecord... holds) {
        List<Effect> seen = new ArrayList<>();
        Deque<Effect> open = new ArrayDeque<>();
        // Short steps, so that nothing is repeated because an answer is late.
        for (long step = 0; step < duration.toMillis(); step += 200) {
            open.addAll(node.advance(Duration.ofMillis(200)));
            while (!open.isEmpty()) {
                Effect effect = open.remove();
                seen.add(effect);
                if (effect instanceof Effect.Send send && send.to().equals(replica.endpoint())) {
                    open.addAll(react(generation, send, holds));
                }
            }
        }
        return seen;
    }

    private List<Effect> react(Generation generation, Effect.Send send, VerifiedRecord... holds) {
        return switch (send.message()) {
            case Message.Ping ping -> node.pong(replica, send);
            case Message.FindNode ignored ->
                node.answer(replica, send, new Message.FindNodeResponse(Optional.empty(), Fixtures.observed()));
            case Message.FindValue question ->
                question.subscribe() && generation == Generation.OLDER ? List.of() : answer(send, holds);
            default -> List.of();
        };
    }

    private List<Effect> push(Peer from, VerifiedRecord record) {
        return node.request(from, new Message.Push(KEY, record.record()), record);
    }

    private static List<Effect.Send> acks(List<Effect> effects) {
        return sends(effects, Message.PushAck.class::isInstance);
    }

    // ---- looking ----------------------------------------------------------------------------------------------

    @Test
    void whatIsThereIsToldOldestFirstAndOnce() {
        node.befriend(replica);
        VerifiedRecord mine =
                TestRecords.topic(Fixtures.C, "news", 9, node.now().unixSeconds(), 3600);
        node.request(node.newPublicPeer(), new Message.Store(mine.record(), Optional.of(KEY)), mine);
        VerifiedRecord older = record();
        List<Effect> effects = listen();
        assertThat(outcomes(effects)).containsExactly(new Outcome.Noted());
        assertThat(heard(answer(questions(effects, PLAIN).getFirst(), older))).containsExactly(older, mine);

        List<Effect> later = play(Generation.OLDER, Duration.ofMinutes(1), older);
        assertThat(questions(later, PLAIN)).isNotEmpty();
        assertThat(heard(later)).isEmpty();
    }

    @Test
    void aNewerRecordIsFoundByLookingAgain() {
        node.befriend(replica);
        answer(questions(listen(), PLAIN).getFirst());
        VerifiedRecord newer = record();
        assertThat(heard(play(Generation.OLDER, Duration.ofSeconds(20), newer))).containsExactly(newer);
    }

    @Test
    void withoutAReplicaItLooksLessAndLessOften() {
        node.befriend(replica);
        listen();
        assertThat(questions(play(Generation.OLDER, Duration.ofMinutes(4)), PLAIN))
                .hasSizeBetween(3, 5);
        // A node with an empty answer is asked up to three times more.
        assertThat(questions(play(Generation.OLDER, Duration.ofMinutes(60)), PLAIN))
                .hasSizeBetween(9, 4 * 15);
    }

    @Test
    void anEndedListenerSendsNoRequestsAndReportsNothing() {
        subscribe(record());
        assertThat(outcomes(node.submit(8, new Command.StopListening(LISTENER))))
                .containsExactly(new Outcome.Noted());
        List<Effect> effects = push(replica, record());
        assertThat(heard(effects)).isEmpty();
        assertThat(acks(effects)).isEmpty();
        List<Effect> later = node.advance(Duration.ofMinutes(10));
        assertThat(questions(later, PLAIN)).isEmpty();
        assertThat(questions(later, SUBSCRIBING)).isEmpty();
    }

    @Test
    void listenersAreBounded() {
        int limit = PushSettings.DEFAULT.listening().maxListeners();
        for (int i = 0; i <= limit; i++) {
            List<Outcome> outcomes = outcomes(node.submit(i, new Command.Listen(KEY, 0)));
            if (i < limit) {
                assertThat(outcomes).containsExactly(new Outcome.Noted());
            } else {
                assertThat(outcomes).hasOnlyElementsOfType(Outcome.Refused.class);
            }
        }
    }

    @Test
    void afterAnOutageItLooksAtOnce() {
        node.befriend(replica);
        listen();
        play(Generation.OLDER, Duration.ofMinutes(30));
        node.submit(8, new Command.NetworkChanged());
        VerifiedRecord missed = record();
        assertThat(heard(play(Generation.OLDER, Duration.ofSeconds(8), missed))).containsExactly(missed);
    }

    // ---- what is stored with us -------------------------------------------------------------------------------

    @Test
    void whatIsStoredWithUsIsToldAtOnce() {
        listen();
        VerifiedRecord record = record();
        Message store = new Message.Store(record.record(), Optional.of(KEY));
        assertThat(heard(node.request(replica, store, record))).containsExactly(record);
        VerifiedRecord note = TestRecords.note(
                Fixtures.B, Fixtures.A.address(), 1, 1, node.now().unixSeconds(), 60);
        Message other = new Message.Store(note.record(), Optional.of(Fixtures.A.nodeId()));
        assertThat(heard(node.request(replica, other, note))).isEmpty();
    }

    // ---- subscriptions ----------------------------------------------------------------------------------------

    @Test
    void aReplicaOfTheNewerProtocolVersionIsAskedToPush() {
        VerifiedRecord first = record();
        subscribe(first);
        VerifiedRecord pushed = record();
        List<Effect> effects = push(replica, pushed);
        assertThat(heard(effects)).containsExactly(pushed);
        assertThat(acks(effects).getFirst().message()).isEqualTo(Message.PushAck.of(KEY, pushed.record(), true));
        assertThat(acks(effects).getFirst().to()).isEqualTo(replica.endpoint());
    }

    @Test
    void aRepeatedPushIsAcknowledgedAgainAndToldOnce() {
        subscribe(record());
        VerifiedRecord pushed = record();
        push(replica, pushed);
        List<Effect> again = push(replica, pushed);
        assertThat(heard(again)).isEmpty();
        assertThat(acks(again)).hasSize(1);
    }

    @Test
    void aSubscriptionIsRenewedBeforeItEnds() {
        VerifiedRecord first = record();
        subscribe(first);
        List<Effect> effects = play(Generation.NEWER, Duration.ofMinutes(10), first);
        assertThat(questions(effects, SUBSCRIBING)).hasSizeBetween(10, 14);
        assertThat(acks(push(replica, record()))).hasSize(1);
    }

    /** Known-defects D-47: the reference accepts pushes of any node, and acknowledges them. */
    @Test
    void d47_onlyNodesWhereWeAreSubscribedMayPush() {
        Peer stranger = node.newPublicPeer();
        Header header = Header.of(MessageType.PUSH, node.newTransaction());
        assertThat(node.isAdmitted(stranger, header)).isFalse();
        subscribe(record());
        assertThat(node.isAdmitted(stranger, header)).isTrue();

        for (Peer from : List.of(stranger, replica.at(VirtualNetwork.publicEndpoint(77)))) {
            List<Effect> effects = push(from, record());
            assertThat(heard(effects)).isEmpty();
            assertThat(acks(effects)).isEmpty();
        }
        assertThat(node.core().statistics().push().pushesRefused()).isEqualTo(2);
    }

    /** Known-defects D-47: the reference does not check what is pushed. */
    @Test
    void d47_onlyRecordsThatBelongAtTheKeyAreTold() {
        subscribe(record());
        VerifiedRecord otherTopic =
                TestRecords.topic(Fixtures.B, "gossip", 9, node.now().unixSeconds(), 3600);
        VerifiedRecord expired =
                TestRecords.topic(Fixtures.B, "news", 9, node.now().unixSeconds() - 100, 60);
        VerifiedRecord otherType = TestRecords.note(
                Fixtures.B, Fixtures.A.address(), 1, 1, node.now().unixSeconds(), 60);
        for (VerifiedRecord wrong : List.of(otherTopic, expired, otherType)) {
            List<Effect> effects = push(replica, wrong);
            assertThat(heard(effects)).isEmpty();
            assertThat(acks(effects)).isEmpty();
        }
        VerifiedRecord unverified = record();
        List<Effect> effects = node.request(replica, new Message.Push(KEY, unverified.record()));
        assertThat(heard(effects)).isEmpty();
        assertThat(acks(effects)).isEmpty();
    }

    @Test
    void anEmptyAnswerMeansThatWeAreNotSubscribed() {
        node.befriend(replica);
        List<Effect> afterLook = answer(questions(listen(), PLAIN).getFirst());
        answer(questions(afterLook, SUBSCRIBING).getFirst());
        assertThat(heard(push(replica, record()))).isEmpty();
    }

    // ---- the older protocol version ---------------------------------------------------------------------------

    /** It drops the request with a subscription unread, so that the request times out. */
    @Test
    void d46_aNodeOfTheOlderProtocolVersionIsTriedOnceAndNotSuspected() {
        node.befriend(replica);
        List<Effect> afterLook = answer(questions(listen(), PLAIN).getFirst(), record());
        assertThat(questions(afterLook, SUBSCRIBING)).hasSize(1);

        List<Effect> later = play(Generation.OLDER, Duration.ofMinutes(50), record());
        assertThat(heard(later)).as("polling works").hasSize(1);
        assertThat(questions(later, SUBSCRIBING)).as("within the hour").isEmpty();
        assertThat(node.core().statistics().requests().timedOut()).isZero();
        assertThat(node.core().contacts()).contains(replica.contact());
        assertThat(questions(play(Generation.OLDER, Duration.ofMinutes(20), record()), SUBSCRIBING))
                .as("then once more")
                .hasSize(1);
    }

    @Test
    void aNodeThatUnderstoodBeforeIsTriedAgainSoon() {
        VerifiedRecord first = record();
        subscribe(first);
        List<Effect> lost = List.of();
        while (questions(lost, SUBSCRIBING).isEmpty()) {
            lost = play(Generation.OLDER, Duration.ofSeconds(1), first);
        }
        List<Effect> later = play(Generation.NEWER, Duration.ofMinutes(15), first);
        assertThat(questions(later, SUBSCRIBING)).isNotEmpty();
        assertThat(acks(push(replica, record()))).hasSize(1);
    }

    @Test
    void d46_aNodeThatNoLongerUnderstandsIsAskedInPlainForm() {
        VerifiedRecord first = record();
        subscribe(first);
        VerifiedRecord later = record();
        assertThat(heard(play(Generation.OLDER, Duration.ofMinutes(10), later))).containsExactly(later);
        assertThat(acks(push(replica, record()))).as("and trusts no late push").isEmpty();
    }
}
