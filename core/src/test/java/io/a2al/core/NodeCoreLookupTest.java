package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.Outcome;
import io.a2al.core.lookup.LookupKind;
import io.a2al.core.lookup.LookupOutcome;
import io.a2al.core.lookup.LookupStatistics;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups as a node runs them: options, dead contacts, liars. */
class NodeCoreLookupTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final NodeId KEY = Topics.keyOf("key");

    private static LookupOptions options(int concurrency, Optional<Duration> stagger, int paths) {
        return new LookupOptions(TIMEOUT, concurrency, stagger, paths, 0, false);
    }

    private static List<Effect.Send> questions(List<Effect> effects) {
        return SoloNode.sends(
                effects,
                message -> (message instanceof Message.FindNode(NodeId target) && target.equals(KEY))
                        || message instanceof Message.FindValue);
    }

    private static SoloNode nodeWithContacts(int count) {
        SoloNode node = new SoloNode();
        for (int i = 0; i < count; i++) {
            node.befriend(node.newPeer());
        }
        return node;
    }

    // ---- counts -----------------------------------------------------------------------------------------------

    @Test
    void lookupsAreCountedByWhatTheyWereForAndHowTheyEnded() {
        VirtualNetwork network = new VirtualNetwork(1);
        List<Node> nodes = network.grow(12);
        Node asker = nodes.getLast();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 3600);
        nodes.getFirst().core().store().put(Fixtures.B.nodeId(), record, VirtualNetwork.START_SECONDS);
        LookupStatistics.Ended before = asker.core().statistics().lookups().ended();

        network.call(
                Outcome.Records.class,
                asker,
                new Command.FindRecords(Fixtures.B.nodeId(), RecordType.ENDPOINT, Want.NEWEST, TIMEOUT));
        network.call(
                Outcome.Records.class, asker, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT));
        network.call(Outcome.Nodes.class, asker, new Command.FindNode(KEY, TIMEOUT));

        LookupStatistics.Ended after = asker.core().statistics().lookups().ended();
        assertThat(count(after, LookupKind.RECORD, LookupOutcome.FOUND)).isEqualTo(1);
        assertThat(count(after, LookupKind.RECORD, LookupOutcome.NOT_FOUND)).isEqualTo(1);
        assertThat(count(after, LookupKind.NODES, LookupOutcome.FOUND))
                .isGreaterThan(count(before, LookupKind.NODES, LookupOutcome.FOUND));
        assertThat(after.asked().total()).isEqualTo(before.asked().total() + 3);
        assertThat(after.hops().total()).isEqualTo(after.asked().total());
    }

    private static long count(LookupStatistics.Ended ended, LookupKind kind, LookupOutcome outcome) {
        return ended.durations().get(kind).get(outcome).total();
    }

    // ---- options ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"0, 1, 4", "6, 1, 6", "1, 1, 1", "0, 4, 4", "0, 3, 6", "1, 5, 5"})
    void theCallerMayChooseHowManyAreAskedAtATime(int concurrency, int paths, int expected) {
        SoloNode node = nodeWithContacts(10);
        List<Effect> effects = node.submit(1, new Command.FindNode(KEY, options(concurrency, Optional.empty(), paths)));
        assertThat(questions(effects)).hasSize(expected);
    }

    @Test
    void theCallerMayChooseAPauseBetweenQuestions() {
        SoloNode node = nodeWithContacts(10);
        Optional<Duration> pause = Optional.of(Duration.ofMillis(50));
        assertThat(questions(node.submit(1, new Command.FindNode(KEY, options(3, pause, 1)))))
                .hasSize(1);
        assertThat(questions(node.advance(Duration.ofMillis(49)))).isEmpty();
        assertThat(questions(node.advance(Duration.ofMillis(1)))).hasSize(1);
        assertThat(questions(node.advance(Duration.ofMillis(50)))).hasSize(1);
        assertThat(questions(node.advance(Duration.ofMillis(50)))).isEmpty();
    }

    /** Five contacts, each 70 ms away. */
    private static List<Peer> contactsSomeWayOff(SoloNode node) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Peer peer = node.newPeer();
            Effect.Send ping = SoloNode.pings(node.submit(i, new Command.Ping(peer.endpoint(), TIMEOUT)))
                    .getFirst();
            node.advance(Duration.ofMillis(70));
            node.pong(peer, ping);
            peers.add(peer);
        }
        return peers;
    }

    @Test
    void d15_aLookupForOneAnswerWaitsBeforeItAsksTheNextNode() {
        SoloNode node = new SoloNode();
        List<Peer> peers = contactsSomeWayOff(node);
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 1, Fixtures.NOW, 3600);
        Command find = new Command.FindRecords(Fixtures.B.nodeId(), RecordType.ENDPOINT, Want.FIRST, TIMEOUT);
        List<Effect.Send> first = questions(node.submit(10, find));
        assertThat(first).hasSize(1);
        assertThat(questions(node.advance(Duration.ofMillis(69)))).isEmpty();
        Peer holder = peers.stream()
                .filter(peer -> peer.endpoint().equals(first.getFirst().to()))
                .findFirst()
                .orElseThrow();
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of()), Optional.empty(), Fixtures.observed(), List.of(record.record()));
        assertThat(SoloNode.outcomes(node.answer(holder, first.getFirst(), answer, record)))
                .hasSize(1);
        assertThat(questions(node.advance(TIMEOUT)))
                .as("no other node was asked")
                .isEmpty();
    }

    @Test
    void theNextIsAskedAfterTheMedianRoundTrip() {
        SoloNode node = new SoloNode();
        contactsSomeWayOff(node);
        node.submit(10, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.FIRST, TIMEOUT));
        assertThat(questions(node.advance(Duration.ofMillis(69)))).isEmpty();
        assertThat(questions(node.advance(Duration.ofMillis(1)))).hasSize(1);
    }

    @Test
    void aLookupThatNeedsSeveralAnswersAsksAllLikelyHoldersAtOnce() {
        SoloNode node = new SoloNode();
        contactsSomeWayOff(node);
        assertThat(questions(node.submit(10, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT))))
                .as("all contacts there are")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theCallerMayChooseHowManyHoldersAreHeard(int holders) {
        VirtualNetwork network = new VirtualNetwork(20);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(3);
        VerifiedRecord record =
                TestRecords.endpoint(publisher.identity(), "x", 1, network.now().unixSeconds(), 3600);
        network.call(Outcome.Stored.class, publisher, new Command.Publish(publisher.id(), record));
        LookupOptions options = LookupOptions.within(TIMEOUT).withConcurrency(1).withHolders(holders);
        Outcome.Records found = network.call(
                Outcome.Records.class,
                nodes.get(20),
                new Command.FindRecords(publisher.id(), RecordType.ENDPOINT, Want.NEWEST, options));
        assertThat(found.records()).containsExactly(record);
        assertThat(found.report().holders()).hasSizeBetween(1, holders);
        assertThat(found.report().agreeing()).isEqualTo(found.report().holders().size());
    }

    // ---- where it begins --------------------------------------------------------------------------------------

    /** Returns a node whose farthest bucket is full, so that peers in it get no place in the table. */
    private static SoloNode nodeWithAFullBucket() {
        SoloNode node = new SoloNode();
        for (int i = 0; i < RoutingTable.K; i++) {
            node.befriend(node.newPeerInBucket(0));
        }
        return node;
    }

    private static Peer meetBesideTheTable(SoloNode node) {
        Peer met = node.newPeerInBucket(0);
        node.pong(
                met,
                SoloNode.pings(node.submit(1, new Command.Ping(met.endpoint(), TIMEOUT)))
                        .getFirst());
        assertThat(node.core().contacts()).doesNotContain(met.contact());
        return met;
    }

    @Test
    void itBeginsAtTheNearestThatAnsweredLatelyInTheTableOrNot() {
        SoloNode node = nodeWithAFullBucket();
        Peer met = meetBesideTheTable(node);
        List<Endpoint> asked = askedFor(node, met.id().flipBit(200));
        assertThat(asked.getFirst()).isEqualTo(met.endpoint());
        assertThat(asked).as("no node twice").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoLeftAQuestionUnansweredIsNoPlaceToBegin(boolean anOptionalOne) {
        SoloNode node = nodeWithAFullBucket();
        Peer met = meetBesideTheTable(node);
        NodeId key = met.id().flipBit(200);
        node.submit(
                2,
                anOptionalOne
                        ? new Command.FindRecords(key, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT)
                        : new Command.FindNode(key, TIMEOUT));
        // Another peer answers meanwhile, so that our own network is not doubted.
        node.advance(Duration.ofSeconds(1));
        meetBesideTheTable(node);
        node.advance(TIMEOUT);
        assertThat(askedFor(node, key)).doesNotContain(met.endpoint());
    }

    private static List<Endpoint> askedFor(SoloNode node, NodeId key) {
        return SoloNode.sends(node.submit(3, new Command.FindNode(key, TIMEOUT)), Message.FindNode.class::isInstance)
                .stream()
                .map(Effect.Send::to)
                .toList();
    }

    // ---- dead contacts ----------------------------------------------------------------------------------------

    /** A fifth of all nodes went down a moment ago, and no node has noticed yet. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void d14_theNearestNodesThatAnswerAreFoundAmongDeadOnes(long seed) {
        VirtualNetwork network = new VirtualNetwork(seed);
        List<Node> nodes = network.grow(60);
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> living = new ArrayList<>(nodes);
        for (int i = 0; i < 12; i++) {
            network.kill(living.remove(random.nextInt(living.size())));
        }
        for (int i = 0; i < 20; i++) {
            NodeId target = Topics.keyOf("target " + i);
            Node asker = living.get(random.nextInt(living.size()));
            List<Contact> nearest = network.livingByDistance(target).stream()
                    .filter(node -> node != asker)
                    .map(Node::contact)
                    .toList();
            Outcome.Nodes found = network.call(Outcome.Nodes.class, asker, new Command.FindNode(target, TIMEOUT));
            assertThat(found.report().complete()).isTrue();
            assertThat(found.nodes().subList(0, 8)).isEqualTo(nearest.subList(0, 8));
            assertThat(nearest).containsAll(found.nodes());
        }
        long doubts = living.stream()
                .mapToLong(node ->
                        node.core().statistics().requests().connectivity().doubts())
                .sum();
        assertThat(doubts)
                .as("one of 48 may ask four dead nodes at once; all others have no doubt")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void aNodeThatTimedOutLatelyIsNotAskedAlthoughPeersReportIt() {
        SoloNode node = new SoloNode();
        Peer teller = node.newPeer();
        Peer dead = node.newPeer();
        node.befriend(teller);
        Message answer = new Message.FindNodeResponse(Optional.of(List.of(dead.contact())), Fixtures.observed());
        for (int i = 1; i <= 3; i++) {
            List<Effect> effects = new ArrayList<>(node.submit(i, new Command.FindNode(KEY, TIMEOUT)));
            node.advance(Duration.ofMillis(50));
            effects.addAll(node.answer(teller, questions(effects).getFirst(), answer));
            assertThat(questions(effects))
                    .filteredOn(send -> send.to().equals(dead.endpoint()))
                    .hasSize(i <= 2 ? 1 : 0);
            node.advance(Duration.ofSeconds(5));
        }
    }

    // ---- liars ------------------------------------------------------------------------------------------------

    /** A node without records that reports only its accomplices. */
    private static final class Liar implements VirtualNetwork.Host {

        private final VirtualNetwork network;
        private final Bytes key;
        private final Contact contact;
        private final List<Contact> accomplices;

        Liar(VirtualNetwork network, Bytes key, Contact contact, List<Contact> accomplices) {
            this.network = network;
            this.key = key;
            this.contact = contact;
            this.accomplices = new ArrayList<>(accomplices);
        }

        void send(Endpoint to, TransactionId transactionId, Message message) {
            network.inject(contact.endpoint(), to, Envelope.of(Header.of(message.type(), transactionId), message, key));
        }

        @Override
        public void received(Endpoint from, Envelope envelope) {
            // A datagram cannot hold all of them, so that each answer begins with another one.
            Collections.rotate(accomplices, 1);
            Optional<List<Contact>> told = Optional.of(
                    ResponseBudget.fit(accomplices, List.of(), from, 0).nodes());
            switch (envelope.message()) {
                case Message.Ping ping ->
                    send(from, envelope.transactionId(), new Message.Pong(contact.address(), from));
                case Message.FindNode question ->
                    send(from, envelope.transactionId(), new Message.FindNodeResponse(told, from));
                case Message.FindValue question ->
                    send(
                            from,
                            envelope.transactionId(),
                            new Message.FindValueResponse(told, Optional.empty(), from, List.of()));
                default -> {
                    // It ignores everything else.
                }
            }
        }
    }

    /** Sixteen liars are nearer to a key than all honest nodes; the reader knows one of them and one honest node. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void liarsOnOnePathDoNotHideARecordFromTheOthers(int paths) {
        VirtualNetwork network = new VirtualNetwork(21);
        List<Node> nodes = network.grow(40);
        Node publisher = nodes.get(3);
        NodeId key = publisher.id();
        VerifiedRecord record =
                TestRecords.endpoint(publisher.identity(), "x", 1, network.now().unixSeconds(), 3600);
        network.call(Outcome.Stored.class, publisher, new Command.Publish(key, record));
        network.kill(publisher);
        List<Liar> liars = settleAround(network, key, 16);
        Node reader = network.addNode();
        Node honest = nodes.get(5);
        liars.getFirst()
                .send(
                        reader.endpoint(),
                        TransactionId.generate(new SplittableRandom(1)),
                        new Message.Ping(liars.getFirst().contact.address()));
        network.call(Outcome.Answered.class, honest, new Command.Ping(reader.endpoint(), TIMEOUT));
        network.runFor(Duration.ofSeconds(1));
        assertThat(reader.core().contacts()).containsExactlyInAnyOrder(liars.getFirst().contact, honest.contact());
        LookupOptions options = LookupOptions.within(TIMEOUT)
                .withConcurrency(1)
                .withPaths(paths)
                .withHolders(1);
        Outcome.Records found = network.call(
                Outcome.Records.class, reader, new Command.FindRecords(key, RecordType.ENDPOINT, Want.NEWEST, options));
        if (paths == 1) {
            assertThat(found.records()).as("all that this test is about").isEmpty();
        } else {
            assertThat(found.records()).containsExactly(record);
        }
    }

    private static List<Liar> settleAround(VirtualNetwork network, NodeId key, int count) {
        SplittableRandom random = new SplittableRandom(99);
        List<Contact> contacts = new ArrayList<>();
        List<Bytes> keys = new ArrayList<>();
        Message anything = new Message.FindNode(key);
        while (contacts.size() < count) {
            Bytes candidate = Fixtures.random(random, 32);
            Header header = Header.of(anything.type(), TransactionId.generate(random));
            Contact contact = Envelope.of(header, anything, candidate)
                    .senderAt(VirtualNetwork.privateEndpoint(1000 + contacts.size()));
            if (contact.nodeId().commonPrefixLength(key) >= 9) {
                contacts.add(contact);
                keys.add(candidate);
            }
        }
        List<Liar> liars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            liars.add(new Liar(network, keys.get(i), contacts.get(i), contacts));
            network.attach(contacts.get(i).endpoint(), liars.getLast());
        }
        return liars;
    }
}
