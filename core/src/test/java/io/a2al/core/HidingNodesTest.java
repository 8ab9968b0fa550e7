package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Nodes of v0.2.9 hide a record two minutes after another node than the one of its address sent it. The test plays all
 * peers.
 */
class HidingNodesTest {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration RETURNED = Duration.ofSeconds(120);
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(91);

    private record Held(VerifiedRecord record, Duration since, boolean relayed) {}

    private final class Other {
        private final Peer peer;
        private final boolean hides;
        private final Map<RecordSlot, Held> held = new HashMap<>();

        private Other(Peer peer, boolean hides) {
            this.peer = peer;
            this.hides = hides;
        }
    }

    private final SoloNode node = new SoloNode();
    private final Map<Endpoint, Other> others = new HashMap<>();
    private final List<Contact> stores = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private VerifiedRecord offered =
            TestRecords.endpoint(Fixtures.B, "none", 1, node.now().unixSeconds(), DAY);

    private void addPeers(int keeping, int hiding) {
        for (int i = 0; i < keeping + hiding; i++) {
            Other other = new Other(node.newPublicPeer(), i >= keeping);
            others.put(other.peer.endpoint(), other);
            answerAll(node.pingFrom(other.peer));
        }
        assertThat(node.core().contacts()).hasSize(keeping + hiding);
    }

    private List<Other> byDistance(NodeId key) {
        return others.values().stream()
                .sorted(Comparator.comparing(other -> other.peer.id(), key.byDistance()))
                .toList();
    }

    private void answerAll(List<Effect> effects) {
        Deque<Effect.Send> sends = new ArrayDeque<>(SoloNode.sends(effects));
        while (!sends.isEmpty()) {
            Effect.Send send = sends.remove();
            sends.addAll(SoloNode.sends(answer(others.get(send.to()), send)));
        }
    }

    private List<Effect> answer(Other other, Effect.Send send) {
        return switch (send.message()) {
            case Message.Ping ping -> node.pong(other.peer, send);
            case Message.FindNode find ->
                node.answer(
                        other.peer,
                        send,
                        new Message.FindNodeResponse(
                                Optional.of(byDistance(find.target()).stream()
                                        .limit(8)
                                        .map(near -> near.peer.contact())
                                        .toList()),
                                Fixtures.observed()));
            case Message.Store store -> {
                stores.add(other.peer.contact());
                boolean relayed = !store.record().address().equals(SoloNode.SELF.address());
                other.held.putIfAbsent(RecordSlot.of(store.record()), new Held(offered, passed, relayed));
                yield node.answer(other.peer, send, Message.StoreResponse.of(true));
            }
            case Message.FindValue find -> {
                VerifiedRecord[] returned = other.held.values().stream()
                        .filter(held -> !isHidden(other, held))
                        .map(Held::record)
                        .toArray(VerifiedRecord[]::new);
                yield node.answer(
                        other.peer,
                        send,
                        new Message.FindValueResponse(
                                Optional.of(List.of()),
                                Optional.empty(),
                                Fixtures.observed(),
                                List.of(returned).stream()
                                        .map(VerifiedRecord::record)
                                        .toList()),
                        returned);
            }
            default -> List.of();
        };
    }

    private boolean isHidden(Other other, Held held) {
        return other.hides && held.relayed() && passed.minus(held.since()).compareTo(RETURNED) >= 0;
    }

    private void run(Duration duration) {
        for (Duration end = passed.plus(duration); passed.compareTo(end) < 0; ) {
            passed = passed.plus(STEP);
            answerAll(node.advance(STEP));
        }
    }

    private void publish(VerifiedRecord record) {
        offered = record;
        answerAll(node.submit(7, new Command.Publish(record.contentKey().orElseThrow(), record)));
    }

    private List<NodeId> replicas(Condition condition) {
        return node.core().publication(node.now(), 7).orElseThrow().replicas().stream()
                .filter(replica -> replica.condition() == condition)
                .map(replica -> replica.node().nodeId())
                .toList();
    }

    private VerifiedRecord ofDelegatedAgent() {
        long now = node.now().unixSeconds();
        return TestRecords.delegated(Fixtures.B, SoloNode.SELF, now, now + DAY, 1, now, DAY);
    }

    @Test
    void aDelegatedAgentHasItsReplicasAtNodesThatKeepIt() {
        addPeers(10, 6);
        VerifiedRecord record = ofDelegatedAgent();
        publish(record);
        run(Duration.ofSeconds(10));
        assertThat(replicas(Condition.CONFIRMED)).as("nothing is known yet").hasSize(8);
        assertThat(node.core().statistics().hiding().checks().used()).isEqualTo(8);
        run(Duration.ofSeconds(150));
        assertThat(replicas(Condition.HIDING)).as("known at once").hasSize(2);
        assertThat(node.core().statistics().hiding().findings().used()).isEqualTo(8);
        // Several times, as a node in place of one that hides the record may hide it, too.
        run(Duration.ofMinutes(15));
        List<NodeId> keeping = byDistance(record.contentKey().orElseThrow()).stream()
                .filter(other -> !other.hides)
                .map(other -> other.peer.id())
                .limit(8)
                .toList();
        assertThat(replicas(Condition.CONFIRMED)).containsExactlyInAnyOrderElementsOf(keeping);
        assertThat(replicas(Condition.HIDING)).isNotEmpty();
    }

    /** The node's own record is sent by its own address, and so is kept everywhere. */
    @Test
    void theNodesOwnRecordIsNotAffected() {
        addPeers(10, 6);
        VerifiedRecord record =
                TestRecords.endpoint(SoloNode.SELF, "own", 1, node.now().unixSeconds(), DAY);
        publish(record);
        run(Duration.ofMinutes(4));
        List<NodeId> nearest = byDistance(record.contentKey().orElseThrow()).stream()
                .map(other -> other.peer.id())
                .limit(8)
                .toList();
        assertThat(replicas(Condition.CONFIRMED)).containsExactlyInAnyOrderElementsOf(nearest);
        assertThat(stores).hasSize(8);
    }

    /** A node that was restarted returns the record once it has it again. */
    @Test
    void aNodeThatLostARecordDoesNotHideRecords() {
        addPeers(12, 0);
        publish(ofDelegatedAgent());
        run(Duration.ofMinutes(2));
        others.values().forEach(other -> other.held.clear());
        run(Duration.ofMinutes(2));
        assertThat(replicas(Condition.HIDING)).isEmpty();
        assertThat(replicas(Condition.CONFIRMED)).hasSize(8);
    }

    /** The second member of the kind: what this node holds for an address that it does not publish for. */
    @Test
    void whatIsHeldForAnAddressIsRepublishedAtNodesThatKeepIt() {
        addPeers(10, 6);
        Identity owner = IntStream.range(0, 1000)
                .mapToObj(TestRecords::publisher)
                .filter(candidate -> others.values().stream()
                        .noneMatch(other -> candidate.nodeId().isNearer(other.peer.id(), SoloNode.SELF.nodeId())))
                .findFirst()
                .orElseThrow();
        offered = TestRecords.endpoint(
                owner, "x", 1, node.now().unixSeconds(), Duration.ofDays(2).toSeconds());
        Peer sender = byDistance(owner.nodeId()).getLast().peer;
        node.request(sender, new Message.Store(offered.record(), Optional.empty()), offered);
        run(LONGEST_INTERVAL.plusMinutes(4));
        Set<Contact> first = new HashSet<>(stores);
        assertThat(first).isNotEmpty();
        stores.clear();
        run(LONGEST_INTERVAL);
        assertThat(stores).isNotEmpty().allMatch(contact -> !others.get(contact.endpoint()).hides);
    }
}
