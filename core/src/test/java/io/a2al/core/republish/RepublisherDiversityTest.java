package io.a2al.core.republish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records are republished in several networks, even if many nodes of a few networks surround their key. */
class RepublisherDiversityTest {

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(91);
    private static final Duration STEP = Duration.ofMillis(100);

    private final SoloNode node = new SoloNode();
    private final Map<Endpoint, Peer> peers = new HashMap<>();
    private final List<Endpoint> stores = new ArrayList<>();

    /**
     * Adds a peer in this network that shares at least so many bits with the key; it enters the routing table if there
     * is room.
     */
    private Peer add(Identity owner, int bits, int network, int number) {
        Endpoint endpoint = Fixtures.ipv4(String.format("2d%02x01%02x", network, number), VirtualNetwork.PORT);
        Peer peer = node.newPeer(endpoint);
        while (owner.nodeId().commonPrefixLength(peer.id()) < bits) {
            peer = node.newPeer(endpoint);
        }
        peers.put(endpoint, peer);
        answerAll(node.pingFrom(peer));
        return peer;
    }

    /** All added peers answer all requests of the node, and know no other nodes. */
    private void answerAll(List<Effect> effects) {
        Deque<Effect.Send> sends = new ArrayDeque<>(SoloNode.sends(effects));
        while (!sends.isEmpty()) {
            Effect.Send send = sends.remove();
            Peer peer = peers.get(send.to());
            if (peer == null) {
                continue;
            }
            List<Effect> more = switch (send.message()) {
                case Message.Ping ping -> node.pong(peer, send);
                case Message.FindNode find ->
                    node.answer(peer, send, new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()));
                case Message.Store store -> {
                    stores.add(send.to());
                    yield node.answer(peer, send, Message.StoreResponse.of(true));
                }
                default -> List.of();
            };
            sends.addAll(SoloNode.sends(more));
        }
    }

    @Test
    void d34_aSurroundedRecordIsRepublishedInOtherNetworksAsWell() {
        Identity owner = IntStream.range(0, 1000)
                .mapToObj(Fixtures::identity)
                .filter(identity -> SoloNode.SELF.nodeId().commonPrefixLength(identity.nodeId()) == 3)
                .findFirst()
                .orElseThrow();
        Set<Endpoint> honest = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            honest.add(add(owner, 0, 100 + i, 1).endpoint());
        }
        // The two nearest of each of four networks fit into the table, all of them nearer to the key than the node is.
        for (int network = 0; network < 4; network++) {
            for (int i = 1; i <= 6; i++) {
                add(owner, i + 3, network, i);
            }
        }
        assertThat(node.core().contacts()).as("the crowd is known").hasSizeGreaterThanOrEqualTo(16);
        VerifiedRecord record = TestRecords.endpoint(
                owner, "x", 1, node.now().unixSeconds(), Duration.ofDays(2).toSeconds());
        node.request(add(owner, 0, 99, 1), new Message.Store(record.record(), Optional.empty()), record);
        for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST_INTERVAL) < 0; passed = passed.plus(STEP)) {
            answerAll(node.advance(STEP));
        }
        assertThat(stores).hasSize(7);
        assertThat(stores.stream().filter(honest::contains).count())
                .as("four go to the crowd's four networks at the most")
                .isGreaterThanOrEqualTo(3);
    }

    /**
     * What only an unverified address stands for would count for our own network at the nodes that we hand it on to.
     */
    @Test
    void d26_recordsOfUnverifiedOriginAreNotRepublished() {
        List<Identity> owners = IntStream.range(0, 1000)
                .mapToObj(Fixtures::identity)
                .filter(identity -> SoloNode.SELF.nodeId().commonPrefixLength(identity.nodeId()) >= 5)
                .limit(2)
                .toList();
        for (int i = 0; i < 8; i++) {
            add(owners.getFirst(), 0, 100 + i, 1);
        }
        long seconds = node.now().unixSeconds();
        VerifiedRecord unverified = TestRecords.endpoint(
                owners.getFirst(), "x", 1, seconds, Duration.ofDays(2).toSeconds());
        VerifiedRecord verified = TestRecords.endpoint(
                owners.getLast(), "x", 1, seconds, Duration.ofDays(2).toSeconds());
        Peer stranger = node.newPeer(Fixtures.ipv4("2d800101", VirtualNetwork.PORT));
        node.request(stranger, new Message.Store(unverified.record(), Optional.empty()), unverified);
        Peer member = add(owners.getFirst(), 0, 99, 1);
        node.request(member, new Message.Store(verified.record(), Optional.empty()), verified);
        assertThat(node.core().store().records()).isEqualTo(2);

        Set<VerifiedRecord> republished = new HashSet<>();
        for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST_INTERVAL) < 0; passed = passed.plus(STEP)) {
            List<Effect> effects = node.advance(STEP);
            SoloNode.sends(effects, message -> message instanceof Message.Store).stream()
                    .map(send -> ((Message.Store) send.message()).record())
                    .forEach(record -> republished.add(record.equals(verified.record()) ? verified : unverified));
            answerAll(effects);
        }

        assertThat(republished).containsExactly(verified);
    }
}
