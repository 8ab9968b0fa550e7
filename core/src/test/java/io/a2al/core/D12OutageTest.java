package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.liveness.ConnectivityStatistics;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Known-defects D-12: when all peers time out at once, our own network is down, and no peer is suspected. */
class D12OutageTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SoloNode node = new SoloNode();
    private int operations;

    private List<Peer> befriend(int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = node.newPeer();
            node.befriend(peer);
            peers.add(peer);
        }
        return peers;
    }

    private List<Effect> lookUp(NodeId target) {
        return node.submit(++operations, new Command.FindNode(target, TIMEOUT));
    }

    private ConnectivityStatistics connectivity() {
        return node.core().statistics().requests().connectivity();
    }

    /** The contacts that the node would return to other nodes: those that are not bad. */
    private List<Contact> goodContacts() {
        Peer stranger = node.newPeer();
        // An unverified address that sends much may be sent much.
        node.pingFrom(stranger);
        node.pingFrom(stranger);
        Message answer = SoloNode.sends(node.request(stranger, new Message.FindNode(NodeId.ZERO)))
                .getFirst()
                .message();
        return ((Message.FindNodeResponse) answer).nodes();
    }

    private static Contact[] contacts(List<Peer> peers) {
        return peers.stream().map(Peer::contact).toArray(Contact[]::new);
    }

    private void answerPing(Peer peer) {
        Effect.Send ping = SoloNode.pings(node.submit(++operations, new Command.Ping(peer.endpoint(), TIMEOUT)))
                .getFirst();
        node.pong(peer, ping);
    }

    @Test
    void d12_fourPeersThatTimeOutAtOnceAreNotSuspected() {
        List<Peer> peers = befriend(6);
        for (int i = 0; i < 24; i++) {
            lookUp(Topics.keyOf("lost " + i));
            node.advance(Duration.ofSeconds(5));
        }
        assertThat(connectivity().doubted()).isTrue();
        assertThat(connectivity().doubts()).isEqualTo(1);
        assertThat(node.core().statistics().requests().excused()).isGreaterThan(24);
        assertThat(node.core().statistics().requests().timedOut()).isLessThan(4);
        assertThat(node.core().contacts()).containsExactlyInAnyOrder(contacts(peers));
        assertThat(goodContacts()).containsExactlyInAnyOrder(contacts(peers));
    }

    /** Two peers are too few for a doubt by number; here the time without any answer leads to it. */
    @Test
    void d12_aSmallNetworkIsKeptToo() {
        List<Peer> peers = befriend(2);
        for (int i = 0; i < 60; i++) {
            lookUp(Topics.keyOf("lost " + i));
            node.advance(Duration.ofSeconds(2));
            if (i == 18) {
                assertThat(connectivity().doubted()).isFalse();
                assertThat(goodContacts()).as("suspected at first").isEmpty();
                assertThat(node.core().contacts()).as("but kept").hasSize(2);
            }
        }
        assertThat(connectivity().doubted()).isTrue();
        assertThat(node.core().contacts()).containsExactlyInAnyOrder(contacts(peers));
        assertThat(goodContacts()).as("the failures are taken back").containsExactlyInAnyOrder(contacts(peers));
    }

    @Test
    void d12_theNextAnswerEndsTheDoubtAndPeersAreSuspectedAgain() {
        List<Peer> peers = befriend(6);
        lookUp(NodeId.ZERO);
        node.advance(Duration.ofSeconds(12));
        assertThat(connectivity().doubted()).isTrue();
        List<Effect> underWay = lookUp(NodeId.ZERO);
        assertThat(SoloNode.sends(underWay)).isNotEmpty();
        node.advance(Duration.ofMillis(100));
        answerPing(peers.getFirst());
        assertThat(connectivity().doubted()).isFalse();
        long timedOut = node.core().statistics().requests().timedOut();
        node.advance(Duration.ofMillis(1950));
        assertThat(node.core().statistics().requests().timedOut())
                .as("a request begun before suspects no peer")
                .isEqualTo(timedOut);
        Peer dead = peers.getLast();
        for (int i = 0; i < 3; i++) {
            lookUp(dead.id());
            answerPing(peers.getFirst());
            for (int j = 1; j < 5; j++) {
                node.advance(Duration.ofSeconds(1));
                answerPing(peers.get(j));
            }
        }
        assertThat(connectivity().doubts()).isEqualTo(1);
        assertThat(goodContacts())
                .containsExactlyInAnyOrder(contacts(peers.subList(0, 5)))
                .doesNotContain(dead.contact());
    }

    @Test
    void whileItLastsAFewContactsArePingedNowAndThen() {
        befriend(6);
        lookUp(NodeId.ZERO);
        node.advance(Duration.ofSeconds(12));
        assertThat(connectivity().doubted()).isTrue();
        List<Effect.Send> pings = SoloNode.pings(node.advance(Duration.ofMinutes(10)));
        assertThat(pings.stream().map(Effect.Send::to).distinct())
                .as("others each time")
                .hasSize(6);
        // Four contacts every 30 s, each up to four times.
        assertThat(pings).hasSizeBetween(100, 4 * 4 * 24);
    }

    @Test
    void whenItIsOverTheNeighbourhoodIsLookedUp() {
        List<Peer> peers = befriend(6);
        lookUp(NodeId.ZERO);
        node.advance(Duration.ofSeconds(30));
        Effect.Send ping = SoloNode.pings(
                        node.submit(++operations, new Command.Ping(peers.get(2).endpoint(), TIMEOUT)))
                .getFirst();
        List<Effect> effects = node.pong(peers.get(2), ping);
        assertThat(SoloNode.sends(effects, new Message.FindNode(SoloNode.SELF.nodeId())::equals))
                .isNotEmpty();
    }

    /** A quiet node gets requests from many invented addresses; that is no reason for a doubt. */
    @Test
    void timeoutsOfUnverifiedAddressesAreNoOutage() {
        befriend(3);
        for (int i = 0; i < 40; i++) {
            node.pingFrom(node.newPeer());
        }
        node.advance(Duration.ofSeconds(30));
        assertThat(connectivity().doubts()).isZero();
        assertThat(node.core().statistics().requests().timedOut()).isEqualTo(40);
    }

    /** Several contacts go down at once while others answer. */
    @Test
    void d12_contactsThatFailWhileOthersAnswerAreSuspected() {
        VirtualNetwork network = new VirtualNetwork(1);
        List<Node> nodes = network.grow(40);
        nodes.subList(20, 36).forEach(network::kill);
        Node asker = nodes.get(3);
        for (int i = 0; i < 60; i++) {
            network.call(Outcome.Nodes.class, asker, new Command.FindNode(Topics.keyOf("target " + i), TIMEOUT));
            network.runFor(Duration.ofSeconds(5));
        }
        assertThat(asker.core().statistics().requests().connectivity().doubts()).isZero();
        assertThat(asker.core().contacts())
                .doesNotContainAnyElementsOf(
                        nodes.subList(20, 36).stream().map(Node::contact).toList());
    }

    /** Two minutes without network, while the application goes on asking. */
    @Test
    void d12_anOutageLeavesTheTableIntact() {
        VirtualNetwork network = new VirtualNetwork(2);
        List<Node> nodes = network.grow(40);
        Node node = nodes.get(7);
        List<Contact> before = node.core().contacts();
        assertThat(before).hasSizeGreaterThan(30);
        nodes.stream().filter(other -> other != node).forEach(other -> network.cut(node.endpoint(), other.endpoint()));
        for (int i = 0; i < 24; i++) {
            network.submit(node, new Command.FindNode(Topics.keyOf("target " + i), TIMEOUT));
            network.runFor(Duration.ofSeconds(5));
        }
        assertThat(node.core().statistics().requests().connectivity().doubts()).isEqualTo(1);
        assertThat(node.core().contacts()).containsExactlyInAnyOrderElementsOf(before);
        nodes.stream().filter(other -> other != node).forEach(other -> network.heal(node.endpoint(), other.endpoint()));
        NodeId target = Topics.keyOf("afterwards");
        List<Contact> nearest = network.livingByDistance(target).stream()
                .filter(other -> other != node)
                .map(Node::contact)
                .limit(16)
                .toList();
        Outcome.Nodes found = network.call(Outcome.Nodes.class, node, new Command.FindNode(target, TIMEOUT));
        assertThat(found.nodes()).isEqualTo(nearest);
        assertThat(node.core().contacts()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(node.core().statistics().requests().connectivity().doubted()).isFalse();
    }

    @Test
    void d12_anOutageEndsByItselfWhenTheNodeIsIdle() {
        VirtualNetwork network = new VirtualNetwork(3);
        List<Node> nodes = network.grow(20);
        Node node = nodes.get(7);
        List<Contact> before = node.core().contacts();
        nodes.stream().filter(other -> other != node).forEach(other -> network.cut(node.endpoint(), other.endpoint()));
        network.runFor(Duration.ofHours(3));
        assertThat(node.core().statistics().requests().connectivity().doubted()).isTrue();
        nodes.stream().filter(other -> other != node).forEach(other -> network.heal(node.endpoint(), other.endpoint()));
        network.runFor(Duration.ofSeconds(31));
        assertThat(node.core().statistics().requests().connectivity().doubted()).isFalse();
        network.runUntilIdle(Duration.ofMinutes(1));
        assertThat(node.core().contacts()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(nodes.get(9).core().contacts())
                .as("and others know it again")
                .contains(node.contact());
    }

    @Test
    void anotherIdentityAtTheAddressIsNoOutage() {
        List<Peer> peers = befriend(2);
        Peer successor = node.newPeer(peers.getFirst().endpoint());
        Effect.Send question = SoloNode.sends(lookUp(peers.getFirst().id())).stream()
                .filter(send -> send.to().equals(successor.endpoint()))
                .findFirst()
                .orElseThrow();
        node.answer(successor, question, new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()));
        assertThat(connectivity().doubts()).isZero();
        assertThat(node.core().contacts()).contains(successor.contact());
    }
}
