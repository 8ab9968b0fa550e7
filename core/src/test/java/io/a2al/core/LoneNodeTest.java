package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All other nodes are gone. They cannot be told from an outage of our own network at first; after some minutes they
 * leave the routing table all the same, and are remembered in case they come back.
 */
class LoneNodeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static Node leaveAlone(VirtualNetwork network) {
        Node alone = network.nodes().get(1);
        network.nodes().stream().filter(node -> node != alone).forEach(network::kill);
        return alone;
    }

    private static boolean isDoubting(Node node) {
        return node.core().statistics().requests().connectivity().doubted();
    }

    private static int remembered(Node node) {
        return node.core().statistics().maintenance().former().used();
    }

    /** The node is idle: it sees by itself that no peer answers. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 30})
    void deadContactsAreDroppedInMinutes(int nodes) {
        VirtualNetwork network = new VirtualNetwork(5);
        network.grow(nodes);
        Node alone = leaveAlone(network);
        int known = alone.core().contacts().size();
        assertThat(known).isGreaterThan(nodes * 3 / 4 - 1);

        network.runFor(Duration.ofMinutes(10));

        assertThat(alone.core().contacts()).isEmpty();
        assertThat(alone.core().bestContacts(network.now(), 100)).isEmpty();
        assertThat(alone.core().statistics().table().alive()).isZero();
        assertThat(isDoubting(alone)).isTrue();
        assertThat(remembered(alone)).isEqualTo(known);
    }

    /**
     * Each answer of a visitor ends the doubt, and lookups through dead contacts begin it anew, while there are four.
     */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200})
    void deadContactsAreDroppedAlthoughVisitorsAnswerNowAndThen(int seconds) {
        VirtualNetwork network = new VirtualNetwork(11);
        network.grow(16);
        Node alone = leaveAlone(network);
        for (int visit = 0; visit * seconds < 600; visit++) {
            Node visitor = network.addClient();
            Command join = new Command.Bootstrap(List.of(alone.endpoint()), TIMEOUT);
            network.call(Outcome.Joined.class, visitor, join);
            network.runFor(Duration.ofSeconds(10));
            network.kill(visitor);
            network.runFor(Duration.ofSeconds(seconds - 10));
        }
        assertThat(alone.core().contacts()).hasSizeLessThan(4);
    }

    @Test
    void formerContactsAreRememberedForADayInAnOutage() {
        VirtualNetwork network = new VirtualNetwork(10);
        network.grow(4);
        Node alone = leaveAlone(network);
        network.runFor(Duration.ofHours(23));
        assertThat(remembered(alone)).isEqualTo(3);
        network.runFor(Duration.ofHours(3));
        assertThat(remembered(alone)).isZero();
    }

    @Test
    void lookupsThroughDeadContactsEndWithinASecond() {
        VirtualNetwork network = new VirtualNetwork(6);
        network.grow(30);
        Node alone = leaveAlone(network);
        network.call(Outcome.Nodes.class, alone, new Command.FindNode(Topics.keyOf("first"), TIMEOUT));
        assertThat(isDoubting(alone)).isTrue();
        for (int i = 0; i < 40; i++) {
            long before = network.now().nanos();
            Command find =
                    new Command.FindRecords(Topics.keyOf("target " + i), RecordType.ANY, Command.Want.ALL, TIMEOUT);
            Outcome.Records found = network.call(Outcome.Records.class, alone, find);
            assertThat(found.records()).isEmpty();
            assertThat(network.now().nanos() - before)
                    .as("lookup %s", i)
                    .isLessThan(Duration.ofSeconds(1).toNanos());
            network.runFor(Duration.ofSeconds(10));
        }
    }

    /** Too few for a doubt, but they did not answer the last time either. */
    @Test
    void aLookupThroughContactsThatFailedLatelyIsBriefToo() {
        SoloNode node = new SoloNode();
        node.befriend(node.newPeer());
        node.befriend(node.newPeer());
        node.submit(1, new Command.FindNode(NodeId.ZERO, TIMEOUT));
        node.advance(Duration.ofSeconds(5));
        assertThat(node.core().statistics().requests().connectivity().doubted()).isFalse();

        List<Effect> effects = new ArrayList<>(node.submit(2, new Command.FindNode(NodeId.ZERO, TIMEOUT)));
        effects.addAll(node.advance(Duration.ofMillis(900)));

        assertThat(SoloNode.outcomes(effects)).hasSize(1);
        assertThat(SoloNode.sends(effects)).as("each is asked once").hasSize(2);
    }

    /** One of many contacts that failed lately is there again: the lookup finds it, and goes on from there. */
    @Test
    void aBriefLookupGoesOnFromTheFirstAnswer() {
        VirtualNetwork network = new VirtualNetwork(7);
        // So that a lookup takes longer than a brief one waits for the first answer.
        network.setLatency(Duration.ofMillis(200), Duration.ofMillis(300));
        List<Node> nodes = network.grow(40);
        Node cutOff = nodes.get(1);
        nodes.stream().filter(node -> node != cutOff).forEach(node -> network.cut(cutOff.endpoint(), node.endpoint()));
        network.call(Outcome.Nodes.class, cutOff, new Command.FindNode(Topics.keyOf("first"), TIMEOUT));
        assertThat(isDoubting(cutOff)).isTrue();
        nodes.stream().filter(node -> node != cutOff).forEach(node -> network.heal(cutOff.endpoint(), node.endpoint()));

        NodeId target = Topics.keyOf("second");
        Outcome.Nodes found = network.call(Outcome.Nodes.class, cutOff, new Command.FindNode(target, TIMEOUT));

        assertThat(found.nodes())
                .isEqualTo(network.livingByDistance(target).stream()
                        .filter(node -> node != cutOff)
                        .limit(16)
                        .map(Node::contact)
                        .toList());
    }

    @Test
    void aNewcomerIsNotToldDeadContacts() {
        VirtualNetwork network = new VirtualNetwork(8);
        network.grow(20);
        Node alone = leaveAlone(network);
        network.runFor(Duration.ofMinutes(10));
        Node newcomer = network.addNode();
        Command join = new Command.Bootstrap(List.of(alone.endpoint()), TIMEOUT);
        network.call(Outcome.Joined.class, newcomer, join);
        network.runFor(Duration.ofSeconds(5));

        Outcome.Nodes found =
                network.call(Outcome.Nodes.class, newcomer, new Command.FindNode(Topics.keyOf("any"), TIMEOUT));

        assertThat(found.report().asked()).isEqualTo(1);
        assertThat(found.nodes()).containsExactly(alone.contact());
    }

    /** Each half forgot the other. No node of one half has a seed in the other, other than the one that all share. */
    @Test
    void halvesOfALongSplitFindEachOtherAgain() {
        VirtualNetwork network = new VirtualNetwork(9);
        List<Node> nodes = network.grow(16);
        network.runFor(Duration.ofMinutes(40));
        List<Node> here = nodes.subList(0, 8);
        List<Node> there = nodes.subList(8, 16);
        here.forEach(a -> there.forEach(b -> network.cut(a.endpoint(), b.endpoint())));
        network.runFor(Duration.ofHours(2));
        List<Contact> strangers = there.stream().map(Node::contact).toList();
        assertThat(here).allSatisfy(node -> assertThat(node.core().contacts()).doesNotContainAnyElementsOf(strangers));

        here.forEach(a -> there.forEach(b -> network.heal(a.endpoint(), b.endpoint())));
        network.runFor(Duration.ofMinutes(31));

        for (Node node : nodes) {
            assertThat(node.core().contacts()).hasSize(15);
        }
    }

    /** Peers that were seen once are forgotten soon; the one that was known for two hours is asked for a day. */
    @Test
    void whoWasKnownForLongIsRememberedForLong() {
        SoloNode node = new SoloNode();
        Peer alive = node.newPeer();
        Peer old = node.newPeer();
        node.befriend(alive);
        node.befriend(old);
        live(node, Duration.ofHours(2), alive, old);
        for (int i = 0; i < 70; i++) {
            node.befriend(node.newPeerInBucket(i % 7));
        }
        node.advance(Duration.ofMinutes(10));
        assertThat(node.core().contacts()).isEmpty();
        assertThat(node.core().statistics().maintenance().former().used()).isEqualTo(64);

        node.befriend(alive);
        List<Effect> first = live(node, Duration.ofHours(1), alive);
        assertThat(SoloNode.pingsTo(first, old.endpoint())).hasSizeBetween(6, 7);
        assertThat(node.core().statistics().maintenance().former().used()).isEqualTo(1);

        List<Effect> second = live(node, Duration.ofHours(1), alive);
        assertThat(SoloNode.pings(second))
                .filteredOn(ping -> ping.to().equals(old.endpoint()))
                .hasSizeBetween(2, 3);
    }

    /** Lets time pass; these peers answer what they are asked. */
    private static List<Effect> live(SoloNode node, Duration time, Peer... peers) {
        List<Effect> all = new ArrayList<>();
        for (long second = 0; second < time.toSeconds(); second++) {
            List<Effect> effects = node.advance(Duration.ofSeconds(1));
            all.addAll(effects);
            for (Peer peer : peers) {
                for (Effect.Send send : SoloNode.sends(effects)) {
                    if (send.to().equals(peer.endpoint())) {
                        switch (send.message()) {
                            case Message.Ping ping -> node.pong(peer, send);
                            case Message.FindNode question ->
                                node.answer(
                                        peer,
                                        send,
                                        new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()));
                            default -> throw new AssertionError(send);
                        }
                    }
                }
            }
        }
        return all;
    }

    private static void answer(SoloNode node, Peer peer) {
        List<Effect> effects = node.submit(99, new Command.Ping(peer.endpoint(), TIMEOUT));
        node.pong(peer, SoloNode.pings(effects).getLast());
    }

    @Test
    void aContactThatComesBackIsLearnedAndTheNeighbourhoodIsLookedUp() {
        SoloNode node = new SoloNode();
        Peer gone = node.newPeer();
        Peer alive = node.newPeer();
        node.befriend(gone);
        node.befriend(alive);
        List<Effect.Send> pings = new ArrayList<>();
        for (int i = 0; node.core().contacts().contains(gone.contact()); i++) {
            assertThat(i).isLessThan(100);
            node.submit(1, new Command.FindNode(gone.id(), TIMEOUT));
            node.advance(Duration.ofSeconds(3));
            answer(node, alive);
        }
        for (int i = 0; i < 3; i++) {
            pings.addAll(SoloNode.pingsTo(node.advance(Duration.ofSeconds(30)), gone.endpoint()));
            answer(node, alive);
        }
        assertThat(pings).as("one datagram, after a minute").hasSize(1);

        List<Effect> effects = new ArrayList<>();
        while (SoloNode.pingsTo(effects, gone.endpoint()).isEmpty()) {
            effects.addAll(node.advance(Duration.ofSeconds(1)));
            answer(node, alive);
        }
        List<Effect> after =
                node.pong(gone, SoloNode.pingsTo(effects, gone.endpoint()).getFirst());

        assertThat(node.core().contacts()).contains(gone.contact());
        assertThat(SoloNode.sends(after, new Message.FindNode(SoloNode.SELF.nodeId())::equals))
                .isNotEmpty();
        assertThat(node.core().statistics().maintenance().former().used()).isZero();
    }
}
