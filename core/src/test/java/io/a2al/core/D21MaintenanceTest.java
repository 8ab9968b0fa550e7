package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Known-defects D-21: the routing table is maintained, and a node that has lost the network joins again. */
class D21MaintenanceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SoloNode node = new SoloNode();

    private static long count(List<Effect> effects, Class<? extends Effect> kind) {
        return effects.stream().filter(kind::isInstance).count();
    }

    /** Lets time pass while the peers answer every request of the node; returns the requests. */
    private List<Effect.Send> liveWith(List<Peer> peers, Duration duration) {
        List<Effect.Send> asked = new ArrayList<>();
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(1)) {
            List<Effect.Send> open = new ArrayList<>(SoloNode.sends(node.advance(Duration.ofSeconds(1))));
            while (!open.isEmpty()) {
                Effect.Send send = open.removeFirst();
                asked.add(send);
                for (Peer peer : peers) {
                    if (peer.endpoint().equals(send.to())) {
                        open.addAll(SoloNode.sends(answer(peer, send)));
                    }
                }
            }
        }
        return asked;
    }

    private List<Effect> answer(Peer peer, Effect.Send send) {
        return send.message() instanceof Message.Ping
                ? node.pong(peer, send)
                : node.answer(
                        peer,
                        send,
                        new Message.FindNodeResponse(Optional.of(List.of()), VirtualNetwork.privateEndpoint(9)));
    }

    private static Map<Integer, Integer> targetsByBucket(List<Effect.Send> asked) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Effect.Send send : asked) {
            if (send.message() instanceof Message.FindNode(NodeId target)) {
                counts.merge(SoloNode.SELF.nodeId().commonPrefixLength(target), 1, Integer::sum);
            }
        }
        return counts;
    }

    // ---- buckets ----------------------------------------------------------------------------------------------

    /** Five peers answer that they know no other nodes. With an hour between refreshes there would be 24 a day. */
    @Test
    void bucketsWithoutNewContactsAreRefreshedLessAndLessOften() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(node.newPeerInBucket(3));
            node.befriend(peers.getLast());
        }
        Map<Integer, Integer> firstDay = targetsByBucket(liveWith(peers, Duration.ofHours(24)));
        Map<Integer, Integer> secondDay = targetsByBucket(liveWith(peers, Duration.ofHours(24)));
        for (int bucket = 0; bucket <= 3; bucket++) {
            assertThat(firstDay.get(bucket))
                    .as("bucket %d, by five peers each time", bucket)
                    .isBetween(20, 30);
            assertThat(secondDay.get(bucket))
                    .as("bucket %d, every eight hours", bucket)
                    .isBetween(10, 20);
        }
        assertThat(secondDay.get(NodeId.BITS))
                .as("itself, every quarter of an hour")
                .isBetween(470, 490);
        assertThat(firstDay).doesNotContainKey(4);
    }

    @Test
    void aNewContactMakesItsBucketDueForRefreshAgain() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(node.newPeerInBucket(1));
            node.befriend(peers.getLast());
        }
        liveWith(peers, Duration.ofHours(24));
        peers.add(node.newPeerInBucket(1));
        node.befriend(peers.getLast());
        Map<Integer, Integer> day = targetsByBucket(liveWith(peers, Duration.ofHours(9)));
        assertThat(day.get(1)).isGreaterThanOrEqualTo(3 * 6);
        assertThat(day.get(0)).isLessThanOrEqualTo(2 * 6);
    }

    // ---- joining again ----------------------------------------------------------------------------------------

    @Test
    void aNodeThatKnowsFewJoinsAgainAlthoughItIsNotAlone() {
        VirtualNetwork network = new VirtualNetwork(27);
        List<Node> nodes = network.grow(20);
        Node seed = nodes.getFirst();
        Node victim = nodes.getLast();
        Node friend = nodes.get(5);
        List<Node> others = nodes.stream()
                .filter(other -> other != victim && other != friend)
                .toList();
        others.forEach(other -> {
            network.cut(other.endpoint(), victim.endpoint());
            network.cut(other.endpoint(), friend.endpoint());
        });
        network.runFor(Duration.ofHours(3));
        assertThat(victim.core().contacts()).containsExactly(friend.contact());

        others.forEach(other -> network.heal(other.endpoint(), victim.endpoint()));
        network.runFor(Duration.ofMinutes(6));
        assertThat(victim.core().contacts()).contains(seed.contact()).hasSizeGreaterThan(10);
        assertThat(victim.core().statistics().maintenance().rejoins()).isPositive();
    }

    @Test
    void aNodeWithEnoughContactsDoesNotAskItsSeeds() {
        VirtualNetwork network = new VirtualNetwork(22);
        List<Node> nodes = network.grow(20);
        network.runFor(Duration.ofHours(2));
        assertThat(nodes)
                .allSatisfy(member -> assertThat(
                                member.core().statistics().maintenance().rejoins())
                        .isZero());
    }

    @Test
    void whileNoPeerAnswersTheShellIsAskedForSeedsLessAndLessOften() {
        node.submit(1, new Command.Bootstrap(List.of(VirtualNetwork.privateEndpoint(77)), TIMEOUT));
        long firstTenMinutes = count(node.advance(Duration.ofMinutes(10)), Effect.SeedsWanted.class);
        List<Effect> effects = node.advance(Duration.ofHours(1));
        assertThat(firstTenMinutes).isBetween(5L, 10L);
        assertThat(count(effects, Effect.SeedsWanted.class)).isBetween(11L, 13L);
        assertThat(SoloNode.pingsTo(effects, VirtualNetwork.privateEndpoint(77)))
                .as("a few attempts each")
                .hasSizeBetween(11 * 2, 13 * 3);
    }

    @Test
    void moreSeedsAreTriedAtOnceAndDoNotMultiplyTheAttempts() {
        for (int i = 1; i <= 20; i++) {
            node.submit(i, new Command.Bootstrap(List.of(VirtualNetwork.privateEndpoint(i)), TIMEOUT));
        }
        node.advance(Duration.ofMinutes(10));
        List<Effect> effects = node.advance(Duration.ofHours(1));
        assertThat(count(effects, Effect.SeedsWanted.class)).isBetween(11L, 13L);
        assertThat(SoloNode.pings(effects)).hasSizeBetween(20 * 11 * 2, 20 * 13 * 3);
    }

    @Test
    void seedsAreRememberedUpToALimitAndTriedInTurns() {
        List<Endpoint> many = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            many.add(VirtualNetwork.privateEndpoint(i));
        }
        node.submit(1, new Command.Bootstrap(many, TIMEOUT));
        assertThat(node.core().statistics().maintenance().seeds()).isEqualTo(new Occupancy(256, 256));
        node.advance(Duration.ofSeconds(3));

        Map<Endpoint, Integer> tried = new HashMap<>();
        SoloNode.pings(node.advance(Duration.ofHours(2))).forEach(ping -> tried.merge(ping.to(), 1, Integer::sum));
        assertThat(tried).hasSize(256).doesNotContainKey(many.getFirst());
    }

    // ---- seeds of known identity ------------------------------------------------------------------------------

    @Test
    void aSeedOfKnownIdentityIsPinged() {
        Peer seed = node.newPeer();
        Command bootstrap = new Command.Bootstrap(List.of(), List.of(seed.contact()), TIMEOUT);
        Effect.Send ping = SoloNode.pings(node.submit(1, bootstrap)).getFirst();
        assertThat(ping.to()).isEqualTo(seed.endpoint());
        assertThat(SoloNode.sends(node.pong(seed, ping), Message.FindNode.class::isInstance))
                .hasSize(1);
        assertThat(node.core().contacts()).containsExactly(seed.contact());
    }

    @Test
    void anotherIdentityAtItsAddressIsNotTheSeed() {
        Peer seed = node.newPeer();
        Peer impostor = node.newPeer(seed.endpoint());
        Command bootstrap = new Command.Bootstrap(List.of(), List.of(seed.contact()), TIMEOUT);
        Effect.Send ping = SoloNode.pings(node.submit(1, bootstrap)).getFirst();
        assertThat(SoloNode.outcomes(node.pong(impostor, ping))).containsExactly(new Outcome.Joined(0, 1, 1));
    }

    @Test
    void d29_anIncompleteSeedIsRefused() {
        Contact seed = node.newPeer().contact();
        for (Contact incomplete : List.of(
                seed.at(seed.endpoint().withPort(0)),
                new Contact(seed.address(), seed.nodeId().flipBit(3), seed.endpoint()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Command.Bootstrap(List.of(), List.of(seed, incomplete), TIMEOUT))
                    .withMessageStartingWith("not a complete seed: " + incomplete);
        }
    }

    @Test
    void withoutSeedsNothingIsSent() {
        assertThat(SoloNode.outcomes(node.submit(1, new Command.Bootstrap(List.of(), TIMEOUT))))
                .containsExactly(new Outcome.Joined(0, 0, 0));
        assertThat(SoloNode.sends(node.advance(Duration.ofHours(1)))).isEmpty();
    }
}
