package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node tells of what happens to it. */
class NodeEventsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final NodeId KEY = Topics.keyOf("news");
    private static final NodeId INBOX = Fixtures.B.nodeId();

    private final SoloNode node = new SoloNode();
    private long operation;

    private static List<NodeEvent> events(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Happened.class::isInstance)
                .map(effect -> ((Effect.Happened) effect).event())
                .toList();
    }

    private List<Effect> ping(Peer peer) {
        return node.submit(++operation, new Command.Ping(peer.endpoint(), TIMEOUT));
    }

    private List<NodeEvent> meet(Peer peer) {
        return events(node.pong(peer, SoloNode.pings(ping(peer)).getFirst()));
    }

    private List<NodeEvent> store(Peer from, NodeId key, VerifiedRecord record) {
        return events(node.request(from, new Message.Store(record.record(), Optional.of(key)), record));
    }

    private VerifiedRecord entry(long sequence) {
        return TestRecords.topic(Fixtures.B, "news", sequence, node.now().unixSeconds(), 3600);
    }

    @Test
    void nothingIsToldUntilItIsWanted() {
        Peer peer = node.newPublicPeer();
        assertThat(meet(peer)).isEmpty();
        assertThat(store(peer, KEY, entry(1))).isEmpty();
        node.core().wantEvents(true);
        assertThat(store(peer, KEY, entry(2))).hasSize(1);
        node.core().wantEvents(false);
        assertThat(store(peer, KEY, entry(3))).isEmpty();
    }

    @Test
    void theFirstContactIsTheJoining() {
        node.core().wantEvents(true);
        Peer first = node.newPublicPeer();
        Peer second = node.newPublicPeer();
        assertThat(meet(first))
                .containsExactly(new NodeEvent.Joined(first.contact()), new NodeEvent.ContactAdded(first.contact()));
        assertThat(meet(second)).containsExactly(new NodeEvent.ContactAdded(second.contact()));
        assertThat(meet(second)).as("known already").isEmpty();
    }

    @Test
    void aContactThatDoesNotAnswerIsLost() {
        Peer dead = node.newPublicPeer();
        Peer living = node.newPublicPeer();
        meet(dead);
        meet(living);
        node.core().wantEvents(true);
        List<NodeEvent> seen = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            node.submit(
                    ++operation,
                    new Command.Ask(
                            dead.endpoint(),
                            Optional.of(dead.id()),
                            new Message.Ping(SoloNode.SELF.address()),
                            TIMEOUT));
            seen.addAll(events(node.advance(Duration.ofSeconds(5))));
            seen.addAll(meet(living));
        }
        assertThat(seen).contains(new NodeEvent.ContactLost(dead.contact(), Optional.of(Duration.ZERO)));
    }

    @Test
    void aRecordIsHeardOnceAndAgainWhenItIsNewer() {
        node.core().wantEvents(true);
        Peer peer = node.newPublicPeer();
        meet(peer);
        VerifiedRecord record = entry(1);
        assertThat(store(peer, KEY, record))
                .containsExactly(new NodeEvent.RecordHeard(KEY, record, Optional.of(peer.id())));
        assertThat(store(peer, KEY, record)).isEmpty();
        assertThat(store(peer, KEY, entry(2))).hasSize(1);
    }

    /** With settings by which nodes that are a little denser than expected are suspicious, and none is looked for. */
    @Test
    void aSurroundedKeyIsToldWhenTheLookupEnds() {
        RoutingSettings.Vicinity suspicious = new RoutingSettings.Vicinity(1, 0, 0, 1, 128, 0);
        SoloNode wary =
                new SoloNode(NodeSettings.DEFAULT.withRouting(RoutingSettings.DEFAULT.withVicinity(suspicious)));
        Map<Endpoint, Peer> peers = new HashMap<>();
        while (peers.size() < 8) {
            Peer peer = wary.newPublicPeer();
            if (KEY.commonPrefixLength(peer.id()) >= 3) {
                wary.befriend(peer);
                peers.put(peer.endpoint(), peer);
            }
        }
        wary.core().wantEvents(true);

        List<NodeEvent> seen = new ArrayList<>();
        Deque<Effect.Send> asked = new ArrayDeque<>();
        List<Effect> effects = wary.submit(
                1, new Command.FindRecords(KEY, RecordType.TOPIC, Command.Want.ALL, Duration.ofSeconds(10)));
        do {
            seen.addAll(events(effects));
            asked.addAll(SoloNode.sends(effects, Message.FindValue.class::isInstance));
            Effect.Send next = asked.remove();
            effects = wary.answer(
                    peers.get(next.to()),
                    next,
                    new Message.FindValueResponse(
                            Optional.of(List.of()), Optional.empty(), VirtualNetwork.publicEndpoint(9), List.of()));
        } while (SoloNode.outcomes(effects).isEmpty() && seen.isEmpty());
        seen.addAll(events(effects));

        assertThat(seen)
                .singleElement()
                .isInstanceOfSatisfying(
                        NodeEvent.KeySurrounded.class,
                        surrounded -> assertThat(surrounded.key()).isEqualTo(KEY));
    }

    @Test
    void whatTheNodePublishesItselfIsNotHeard() {
        node.core().wantEvents(true);
        VerifiedRecord own =
                TestRecords.endpoint(SoloNode.SELF, "x", 1, node.now().unixSeconds(), 3600);
        assertThat(events(node.submit(1, new Command.Publish(SoloNode.SELF.nodeId(), own))))
                .isEmpty();
    }

    /** A note stored here for another agent is a record like others. */
    @Test
    void mailIsToldOnceHoweverManyListen() {
        Peer peer = node.newPublicPeer();
        meet(peer);
        node.core().wantEvents(true);
        VerifiedRecord unread = TestRecords.note(
                Fixtures.A, Fixtures.B.address(), 1, 1, node.now().unixSeconds(), 3600);
        assertThat(store(peer, INBOX, unread))
                .containsExactly(new NodeEvent.RecordHeard(INBOX, unread, Optional.of(peer.id())));
        node.submit(101, new Command.Listen(INBOX, RecordType.MAILBOX));
        node.submit(102, new Command.Listen(INBOX, RecordType.ANY));
        VerifiedRecord note = TestRecords.note(
                Fixtures.A, Fixtures.B.address(), 2, 2, node.now().unixSeconds(), 3600);
        assertThat(store(peer, INBOX, note))
                .containsExactlyInAnyOrder(
                        new NodeEvent.RecordHeard(INBOX, note, Optional.of(peer.id())),
                        new NodeEvent.MailReceived(INBOX, note));
        assertThat(store(peer, INBOX, note)).isEmpty();
    }

    @Test
    void doubtAboutTheNetworkIsOneEventUntilItEnds() {
        Peer peer = node.newPublicPeer();
        meet(peer);
        node.core().wantEvents(true);
        assertThat(events(node.submit(1, new Command.NetworkChanged())))
                .containsExactly(new NodeEvent.ConnectivitySuspected());
        assertThat(events(node.submit(2, new Command.NetworkChanged()))).isEmpty();
        assertThat(meet(peer)).containsExactly(new NodeEvent.ConnectivityRestored());
    }
}
