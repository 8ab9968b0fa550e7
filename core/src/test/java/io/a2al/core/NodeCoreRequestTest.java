package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the node to requests. */
class NodeCoreRequestTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;

    private final SoloNode node = new SoloNode();

    private static Message firstAnswer(List<Effect> effects) {
        return SoloNode.sends(effects).getFirst().message();
    }

    private List<Contact> nodesFor(Peer asker, NodeId target) {
        if (firstAnswer(node.request(asker, new Message.FindNode(target))) instanceof Message.FindNodeResponse answer) {
            return answer.nodes();
        }
        throw new AssertionError("no FIND_NODE response");
    }

    private boolean stored(Peer publisher, VerifiedRecord record, Optional<NodeId> key) {
        Message answer = firstAnswer(node.request(publisher, new Message.Store(record.record(), key), record));
        return answer.equals(Message.StoreResponse.of(true));
    }

    @Test
    void aPingIsAnsweredAtItsSource() {
        Peer peer = node.newPeer();
        Endpoint elsewhere = VirtualNetwork.publicEndpoint(7);
        Effect.Send answer = SoloNode.sends(node.receive(
                        peer,
                        elsewhere,
                        node.newTransaction(),
                        new Message.Ping(peer.contact().address())))
                .getFirst();
        assertThat(answer.to()).isEqualTo(elsewhere);
        assertThat(answer.message()).isEqualTo(new Message.Pong(SoloNode.SELF.address(), elsewhere));
    }

    @Test
    void anAnswerCarriesTheTransactionOfTheRequest() {
        Peer peer = node.newPeer();
        var transaction = node.newTransaction();
        List<Effect> effects =
                node.receive(peer, peer.endpoint(), transaction, new Message.FindNode(SoloNode.SELF.nodeId()));
        assertThat(SoloNode.sends(effects).getFirst().transactionId()).isEqualTo(transaction);
    }

    @Test
    void anIpv4AddressIsObservedAsSuchEvenIfMapped() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(Fixtures.observed().ip(), 0, mapped, 12, 4);
        Endpoint source = Endpoint.of(mapped, 4121);
        Peer peer = node.newPeer(source);
        Message answer = firstAnswer(node.pingFrom(peer));
        assertThat(answer).isEqualTo(new Message.Pong(SoloNode.SELF.address(), Fixtures.observed()));
    }

    @Test
    void findNodeTellsTheNearestButNotTheAskerNorOurselves() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(node.newPeerInBucket(i % 4));
            node.befriend(peers.getLast());
        }
        for (Peer asker : peers) {
            for (NodeId target : List.of(asker.id(), SoloNode.SELF.nodeId(), Topics.keyOf("x"))) {
                List<Contact> expected = peers.stream()
                        .filter(peer -> !peer.equals(asker))
                        .map(Peer::contact)
                        .sorted((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()))
                        .toList();
                List<Contact> told = nodesFor(asker, target);
                assertThat(told).hasSizeBetween(10, 16).isEqualTo(expected.subList(0, told.size()));
            }
        }
    }

    /** By distance alone: a nearer contact of which nothing is known comes before a farther good one. */
    @Test
    void d50_answersAreSortedByDistanceAndLeaveOutTheBadOnly() {
        Peer asker = node.newPeer();
        Peer dying = node.newPeer();
        Peer missedOne = node.newPeer();
        node.befriend(asker);
        node.befriend(missedOne);
        ask(missedOne, 1);
        node.advance(Duration.ofSeconds(4));
        List<Peer> good = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            good.add(node.newPeer());
            node.befriend(good.getLast());
        }
        node.befriend(dying);
        for (int failures = 1; failures <= 2; failures++) {
            assertThat(nodesFor(asker, dying.id())).contains(dying.contact());
            ask(dying, 1 + failures);
            node.advance(Duration.ofMillis(10));
            answerPing(good.getFirst(), 10 + failures);
            node.advance(Duration.ofSeconds(4));
        }
        Peer unknown = node.newPeer();
        node.core().addContact(node.now(), unknown.contact());
        List<Peer> told = new ArrayList<>(good);
        told.add(missedOne);
        told.add(unknown);
        for (NodeId target : List.of(dying.id(), missedOne.id(), unknown.id(), Topics.keyOf("x"), Topics.keyOf("y"))) {
            assertThat(nodesFor(asker, target))
                    .isEqualTo(told.stream()
                            .map(Peer::contact)
                            .sorted((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()))
                            .toList());
        }
    }

    private void ask(Peer peer, long operation) {
        node.submit(
                operation,
                new Command.Ask(
                        peer.endpoint(),
                        Optional.of(peer.id()),
                        new Message.FindNode(peer.id()),
                        Duration.ofSeconds(2)));
    }

    private void answerPing(Peer peer, long operation) {
        Effect.Send ping = SoloNode.pings(
                        node.submit(operation, new Command.Ping(peer.endpoint(), Duration.ofSeconds(2))))
                .getFirst();
        node.pong(peer, ping);
    }

    @Test
    void d53_anEqualRecordIsConfirmedAndAnOlderOneToo() {
        Peer publisher = node.newPeer();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "new", 5, NOW, 3600);
        VerifiedRecord older = TestRecords.endpoint(Fixtures.B, "old", 4, NOW, 3600);
        assertThat(stored(publisher, record, Optional.empty())).isTrue();
        assertThat(stored(publisher, record, Optional.empty())).isTrue();
        assertThat(stored(publisher, older, Optional.empty())).isTrue();
        assertThat(node.core().statistics().store().records().used()).isEqualTo(1);
    }

    @Test
    void d23_whatIsNotKeptIsNotConfirmed() {
        Peer publisher = node.newPeer();
        VerifiedRecord expired = TestRecords.endpoint(Fixtures.B, "x", 5, NOW - 100, 99);
        VerifiedRecord future = TestRecords.endpoint(Fixtures.B, "x", 5, NOW + 61, 99);
        VerifiedRecord good = TestRecords.endpoint(Fixtures.B, "x", 5, NOW, 99);
        VerifiedRecord topic = TestRecords.topic(Fixtures.B, "a", 5, NOW, 99);
        assertThat(stored(publisher, expired, Optional.empty())).isFalse();
        assertThat(stored(publisher, future, Optional.empty())).isFalse();
        assertThat(stored(publisher, good, Optional.of(Topics.keyOf("a")))).isFalse();
        assertThat(stored(publisher, topic, Optional.of(Topics.keyOf("b"))))
                .as("D-23")
                .isFalse();
        Message invalid = firstAnswer(node.request(publisher, new Message.Store(good.record(), Optional.empty())));
        assertThat(invalid).as("the shell found the signature wrong").isEqualTo(Message.StoreResponse.of(false));
        assertThat(node.core().statistics().store().records().used()).isZero();
    }

    /**
     * A node of the older protocol version puts it into the answer twice, so that an answer with a long record is too
     * long.
     */
    @ParameterizedTest
    @ValueSource(ints = {RecordType.ANY, RecordType.ENDPOINT})
    void d19_anEndpointRecordIsToldOnce(int type) {
        Peer asker = node.newPeer();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 5, NOW, 3600);
        stored(asker, record, Optional.empty());
        Message.FindValueResponse answer = (Message.FindValueResponse)
                firstAnswer(node.request(asker, new Message.FindValue(Fixtures.B.nodeId(), type, false)));
        assertThat(answer.records()).containsExactly(record.record());
        assertThat(answer.legacyRecord()).isEmpty();
    }

    /** However long its time to live. */
    @Test
    void d27_anEntryOlderThanTwoHoursIsNotTaken() {
        Peer publisher = node.newPeer();
        VerifiedRecord young = TestRecords.topic(Fixtures.B, "a", 5, NOW - 7_199, 86_400);
        VerifiedRecord old = TestRecords.topic(Fixtures.B, "b", 5, NOW - 7_201, 86_400);
        assertThat(stored(publisher, young, Optional.of(Topics.keyOf("a")))).isTrue();
        assertThat(stored(publisher, old, Optional.of(Topics.keyOf("b")))).isFalse();
    }

    @Test
    void d25_whatHasExpiredIsSwept() {
        Peer publisher = node.newPeer();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 5, NOW, 100);
        assertThat(stored(publisher, record, Optional.empty())).isTrue();
        node.advance(Duration.ofMinutes(5));
        assertThat(node.core().store().records()).isZero();
        assertThat(node.core().store().keys()).isZero();
    }

    /** Reads by other nodes do not keep a record. */
    @Test
    void d24_readsByOtherNodesDoNotKeepARecord() {
        SoloNode small = new SoloNode(NodeSettings.DEFAULT.withStore(StoreLimits.DEFAULT.withMaxKeys(3)));
        Peer peer = small.newPeer();
        NodeId oldest = Fixtures.identity(1).nodeId();
        // All of them equally near, so that only their age decides.
        List<VerifiedRecord> records = new ArrayList<>();
        for (int i = 1; records.size() < 4; i++) {
            NodeId key = Fixtures.identity(i).nodeId();
            if (SoloNode.SELF.nodeId().commonPrefixLength(key)
                    == SoloNode.SELF.nodeId().commonPrefixLength(oldest)) {
                records.add(TestRecords.endpoint(Fixtures.identity(i), "x", 1, NOW, 3600));
            }
        }
        for (VerifiedRecord record : records) {
            small.request(peer, new Message.Store(record.record(), Optional.empty()), record);
            small.request(peer, new Message.FindValue(oldest, RecordType.ENDPOINT, false));
        }
        assertThat(small.core().store().keyList()).hasSize(3).doesNotContain(oldest);
    }

    @Test
    void d20_repeatedQuestionsRevealAllRecordsOfATopic() {
        Peer asker = node.newPeer();
        NodeId key = Topics.keyOf("busy");
        List<VerifiedRecord> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(TestRecords.topic(Fixtures.identity(i), "busy", 1, NOW, 3600));
            assertThat(stored(asker, all.getLast(), Optional.of(key))).isTrue();
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            if (firstAnswer(node.request(asker, new Message.FindValue(key, 0, i % 2 == 0)))
                    instanceof Message.FindValueResponse answer) {
                assertThat(answer.records()).isNotEmpty().hasSizeLessThan(20);
                seen.addAll(answer.records());
            }
        }
        assertThat(seen).hasSize(20);
    }

    /** An asker that sends one request to each of several holders must not see the same records everywhere. */
    @Test
    void d20_theFirstAnswerBeginsAnywhere() {
        NodeId inbox = Fixtures.B.nodeId();
        NodeId topic = Topics.keyOf("busy");
        List<VerifiedRecord> notes = new ArrayList<>();
        List<VerifiedRecord> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            notes.add(TestRecords.note(Fixtures.identity(i), Fixtures.B.address(), i, 1, NOW, 3600));
        }
        for (int i = 0; i < 8; i++) {
            entries.add(TestRecords.topic(Fixtures.identity(i), "busy", 1, NOW, 3600));
        }
        Set<SignedRecord> seen = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            List<SignedRecord> firstNotes = firstRecords(seed, inbox, notes, false);
            List<SignedRecord> firstEntries = firstRecords(seed, topic, entries, true);
            assertThat(firstNotes).isNotEmpty().hasSizeLessThan(notes.size());
            assertThat(firstEntries).isNotEmpty().hasSizeLessThan(entries.size());
            assertThat(firstRecords(seed, inbox, notes, false)).isEqualTo(firstNotes);
            seen.add(firstNotes.getFirst());
            seen.add(firstEntries.getFirst());
        }
        assertThat(seen).hasSize(notes.size() + entries.size());
    }

    /** Returns the records of a new node's first answer for a key after it was asked when it had one record only. */
    private static List<SignedRecord> firstRecords(
            int seed, NodeId key, List<VerifiedRecord> records, boolean fromVerifiedAddress) {
        SoloNode node = new SoloNode(NodeSettings.DEFAULT, new SplittableRandom(seed));
        Peer asker = node.newPeer();
        if (fromVerifiedAddress) {
            node.befriend(asker);
        }
        Message.FindValue question = new Message.FindValue(key, 0, false);
        for (VerifiedRecord record : records) {
            node.request(node.newPeer(), new Message.Store(record.record(), Optional.of(key)), record);
            if (record.equals(records.getFirst())) {
                node.request(node.newPeer(), question);
            }
        }
        return firstAnswer(node.request(asker, question)) instanceof Message.FindValueResponse answer
                ? answer.records()
                : List.of();
    }

    @Test
    void unsolicitedResponsesAreIgnored() {
        Peer peer = node.newPeer();
        Contact other = node.newPeer().contact();
        List<Message> responses = List.of(
                new Message.Pong(peer.contact().address(), Fixtures.observed()),
                new Message.FindNodeResponse(Optional.of(List.of(other)), Fixtures.observed()),
                new Message.FindValueResponse(
                        Optional.of(List.of(other)), Optional.empty(), Fixtures.observed(), List.of()),
                Message.StoreResponse.of(true));
        long deadline = node.core().nextDeadline();
        for (Message response : responses) {
            Header header = Header.of(response.type(), node.newTransaction());
            assertThat(node.isAdmitted(peer, header)).isFalse();
            assertThat(node.receive(peer, peer.endpoint(), header.transactionId(), response))
                    .isEmpty();
        }
        assertThat(node.core().contacts()).isEmpty();
        assertThat(node.core().nextDeadline()).isEqualTo(deadline);
        assertThat(node.isAdmitted(peer, Header.of(MessageType.PING, node.newTransaction())))
                .isTrue();
    }

    @Test
    void ourOwnMessagesAreNotAdmitted() {
        Peer self = new Peer(SoloNode.SELF.publicKey(), Contact.of(SoloNode.SELF.address(), Fixtures.observed()));
        for (MessageType type : MessageType.values()) {
            assertThat(node.admission(self, Header.of(type, node.newTransaction())))
                    .isEqualTo(Admission.OWN_IDENTITY);
        }
    }

    @Test
    void messagesFromAddressesThatNoNodeCanHaveAreNotAdmitted() {
        for (Endpoint source : List.of(
                VirtualNetwork.privateEndpoint(1).withPort(0),
                Fixtures.ipv4("00000000", 4121),
                Fixtures.ipv4("e0000001", 4121),
                Fixtures.ipv4("ffffffff", 4121))) {
            for (MessageType type : MessageType.values()) {
                assertThat(node.admission(node.newPeer(source), Header.of(type, node.newTransaction())))
                        .as(source.toString())
                        .isEqualTo(Admission.UNREACHABLE_SOURCE);
            }
        }
    }
}
