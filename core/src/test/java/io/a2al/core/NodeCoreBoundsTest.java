package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.lookup.LookupSettings;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.rpc.RequestSettings;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every collection has a limit, whatever peers send. */
class NodeCoreBoundsTest {

    private static final NodeSettings SMALL = NodeSettings.DEFAULT
            .withStore(StoreLimits.DEFAULT.withMaxKeys(50))
            .withRequests(RequestSettings.DEFAULT.withMaxPending(10).withMaxPeersRemembered(100))
            .withLookups(LookupSettings.DEFAULT.withParallelism(3, 3).withMaxRunning(2))
            .withRouting(RoutingSettings.DEFAULT
                    .withVerification(new RoutingSettings.Verification(5, Duration.ofMinutes(1), Duration.ofMinutes(5)))
                    .withMemory(RoutingSettings.DEFAULT.memory().withMaxContacts(50)))
            .withPublish(PublishSettings.DEFAULT.withMaxPublications(3));

    @Test
    void d32_aFloodOfIdentitiesThatAnswerFillsTheTableAndNoMore() {
        SoloNode node = new SoloNode();
        for (int i = 0; i < 5000; i++) {
            Peer stranger = node.newPeer();
            List<Effect> effects = node.request(stranger, new Message.FindNode(stranger.id()));
            for (Effect.Send ping : SoloNode.pingsTo(effects, stranger.endpoint())) {
                node.pong(stranger, ping);
            }
            NodeStatistics statistics = node.core().statistics();
            assertThat(statistics.requests().pending().used()).isLessThanOrEqualTo(64);
            if (i % 100 == 0) {
                node.advance(Duration.ofMillis(500));
            }
        }
        int[] perBucket = new int[NodeId.BITS];
        node.core()
                .contacts()
                .forEach(contact -> perBucket[SoloNode.SELF.nodeId().commonPrefixLength(contact.nodeId())]++);
        for (int count : perBucket) {
            assertThat(count).isLessThanOrEqualTo(16);
        }
        assertThat(perBucket[0]).isEqualTo(16);
        assertThat(node.core().statistics().table().contacts().used())
                .isEqualTo(node.core().contacts().size());
        assertThat(node.core().statistics().messages().requestsReceived()).isEqualTo(5000);
    }

    @Test
    void d32_aFloodOfIdentitiesThatDoNotAnswerLeavesNothing() {
        SoloNode node = new SoloNode();
        int mostPending = 0;
        for (int i = 0; i < 5000; i++) {
            node.pingFrom(node.newPeer());
            mostPending = Math.max(
                    mostPending, node.core().statistics().requests().pending().used());
            if (i % 50 == 0) {
                node.advance(Duration.ofMillis(500));
            }
        }
        assertThat(mostPending).isEqualTo(64);
        node.advance(Duration.ofSeconds(10));
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.requests().pending().used()).isZero();
        assertThat(statistics.table().contacts().used()).isZero();
        assertThat(statistics.lookups().running().used()).isZero();
    }

    /**
     * What is kept about peers besides the routing table: their health, when they were seen, that they are verified.
     */
    @Test
    void d32_whatIsRememberedOfPeersIsBounded() {
        SoloNode node = new SoloNode(SMALL.withRouting(SMALL.routing().withMaxSeenPeers(100))
                .withGuard(GuardSettings.DEFAULT.withReplies(
                        GuardSettings.DEFAULT.replies().withMaxEndpoints(100))));
        for (int i = 0; i < 300; i++) {
            Peer friend = node.newPeer();
            SoloNode.pingsTo(node.pingFrom(friend), friend.endpoint()).forEach(ping -> node.pong(friend, ping));
            node.pingFrom(node.newPeer());
            node.advance(Duration.ofMillis(2100));
        }
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.table().health().used()).isEqualTo(100);
        assertThat(statistics.learning().recentContacts()).isEqualTo(new Occupancy(50, 50));
        assertThat(statistics.guard().proven().used()).isEqualTo(100);
        assertThat(statistics.guard().watched().used()).isBetween(1, 100);
        assertThat(statistics.maintenance().seenPeers().used()).isEqualTo(100);
    }

    /** Senders of records that are not verified, and contacts that do not answer any longer. */
    @Test
    void d32_depositorsAndFormerContactsAreBounded() {
        SoloNode node = new SoloNode();
        VerifiedRecord record = TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 3600);
        for (int i = 0; i < 1100; i++) {
            node.request(node.newPublicPeer(), new Message.Store(record.record(), Optional.empty()), record);
        }
        assertThat(node.core().statistics().learning().depositors()).isEqualTo(new Occupancy(1024, 1024));
        for (int i = 0; i < 400; i++) {
            Peer friend = node.newPeer();
            SoloNode.pingsTo(node.pingFrom(friend), friend.endpoint()).forEach(ping -> node.pong(friend, ping));
        }
        assertThat(node.core().contacts()).hasSizeGreaterThan(70);
        node.advance(Duration.ofMinutes(20));
        assertThat(node.core().contacts()).isEmpty();
        assertThat(node.core().statistics().maintenance().former()).isEqualTo(new Occupancy(64, 64));
    }

    @Test
    void identitiesFromOnePlaceGetAFewPlacesInTheTable() {
        SoloNode node = new SoloNode();
        for (int i = 0; i < 2000; i++) {
            Peer sybil = node.newPeer(VirtualNetwork.publicEndpoint(1).withPort(1 + i));
            List<Effect> effects = node.request(sybil, new Message.FindNode(sybil.id()));
            for (Effect.Send ping : SoloNode.pingsTo(effects, sybil.endpoint())) {
                node.pong(sybil, ping);
            }
        }
        assertThat(node.core().contacts()).hasSize(10);
        Peer honest = node.newPeer();
        node.befriend(honest);
    }

    @Test
    void theStoreKeepsItsLimits() {
        SoloNode node = new SoloNode(SMALL);
        Peer publisher = node.newPeer();
        for (int i = 0; i < 200; i++) {
            VerifiedRecord record =
                    TestRecords.endpoint(Fixtures.identity(i), "x", 1, VirtualNetwork.START_SECONDS, 3600);
            node.request(publisher, new Message.Store(record.record(), Optional.empty()), record);
            assertThat(node.core().statistics().store().keys().used()).isEqualTo(Math.min(i + 1, 50));
            assertThat(node.core().statistics().store().records().used()).isEqualTo(Math.min(i + 1, 50));
            assertThat(node.core().statistics().custody().keys().used())
                    .as("keys that the store has dropped are not republished")
                    .isEqualTo(Math.min(i + 1, 50));
        }
    }

    @Test
    void requestsUnderWayAreLimited() {
        SoloNode node = new SoloNode(SMALL);
        for (int i = 0; i < 10; i++) {
            assertThat(SoloNode.outcomes(node.submit(
                            i, new Command.Ping(VirtualNetwork.privateEndpoint(i + 1), Duration.ofSeconds(2)))))
                    .isEmpty();
        }
        assertThat(SoloNode.outcomes(
                        node.submit(10, new Command.Ping(VirtualNetwork.privateEndpoint(11), Duration.ofSeconds(2)))))
                .containsExactly(new Outcome.Refused("the limit of requests under way, 10, is reached"));
        assertThat(SoloNode.outcomes(node.advance(Duration.ofSeconds(2)))).hasSize(10);
        assertThat(node.core().statistics().requests().pending().used()).isZero();
    }

    @Test
    void lookupsUnderWayAreLimited() {
        SoloNode node = new SoloNode(SMALL);
        node.befriend(node.newPeer());
        NodeId key = Topics.keyOf("x");
        Outcome refused = new Outcome.Refused("the limit of lookups under way, 2, is reached");
        node.submit(1, new Command.FindNode(key, Duration.ofSeconds(5)));
        node.submit(2, new Command.FindRecords(key, 0, Want.ALL, Duration.ofSeconds(5)));
        assertThat(SoloNode.outcomes(node.submit(3, new Command.FindNode(key, Duration.ofSeconds(5)))))
                .containsExactly(refused);
        assertThat(SoloNode.outcomes(
                        node.submit(4, new Command.FindRecords(key, 0, Want.FIRST, Duration.ofSeconds(5)))))
                .containsExactly(refused);
        assertThat(SoloNode.outcomes(node.advance(Duration.ofSeconds(6)))).hasSize(2);
        assertThat(node.core().statistics().lookups().running().used()).isZero();
    }

    @Test
    void publicationsAreLimited() {
        SoloNode node = new SoloNode(SMALL);
        for (int i = 0; i < 4; i++) {
            VerifiedRecord note =
                    TestRecords.note(SoloNode.SELF, Fixtures.B.address(), i, 1, VirtualNetwork.START_SECONDS, 3600);
            Outcome outcome = SoloNode.outcomes(node.submit(i, new Command.Publish(Fixtures.B.nodeId(), note)))
                    .getFirst();
            assertThat(outcome)
                    .isEqualTo(
                            i < 3
                                    ? new Outcome.Stored(0, 8)
                                    : new Outcome.Refused("the limit of publications at a time, 3, is reached"));
        }
        assertThat(node.core().statistics().replication().publications().used()).isEqualTo(3);
        node.submit(9, new Command.Unpublish(1));
        assertThat(node.core().statistics().replication().publications().used()).isEqualTo(2);
    }

    @Test
    void aNodeNeedsANativeAddress() {
        byte[] bytes = SoloNode.SELF.address().toArray();
        bytes[0] = (byte) 0xA1;
        Address foreign = Address.read(bytes, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new NodeCore(NodeSettings.DEFAULT, foreign, new SplittableRandom(1), new ShellTime(0, 0)));
    }
}
