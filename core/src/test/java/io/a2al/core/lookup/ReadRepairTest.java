package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reader brings holders of old versions up to date. */
class ReadRepairTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final NodeId KEY = Fixtures.B.nodeId();

    private final SoloNode node = new SoloNode();

    private static VerifiedRecord version(Identity publisher, long sequence) {
        return TestRecords.endpoint(publisher, "v" + sequence, sequence, VirtualNetwork.START_SECONDS, 3600);
    }

    private List<Peer> befriend(int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = node.newPeer();
            node.befriend(peer);
            peers.add(peer);
        }
        return peers;
    }

    private static Message.FindValueResponse response(VerifiedRecord... records) {
        List<SignedRecord> signed =
                List.of(records).stream().map(VerifiedRecord::record).toList();
        return new Message.FindValueResponse(Optional.of(List.of()), Optional.empty(), Fixtures.observed(), signed);
    }

    /** Lets each peer answer the requests of the lookup with its version, until there are no more. */
    private List<Effect> answerAll(List<Effect> effects, List<Peer> peers, List<VerifiedRecord> versions) {
        List<Effect> all = new ArrayList<>(effects);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Effect.Send send && send.message() instanceof Message.FindValue) {
                for (int j = 0; j < peers.size(); j++) {
                    if (peers.get(j).endpoint().equals(send.to())) {
                        VerifiedRecord held = versions.get(j);
                        all.addAll(node.answer(peers.get(j), send, response(held), held));
                    }
                }
            }
        }
        return all;
    }

    private static List<Effect.Send> stores(List<Effect> effects) {
        return SoloNode.sends(effects, Message.Store.class::isInstance);
    }

    @Test
    void d16_theNewestIsWrittenBackToHoldersOfAnOlderOne() {
        List<Peer> peers = befriend(3);
        List<VerifiedRecord> versions = List.of(version(Fixtures.B, 1), version(Fixtures.B, 3), version(Fixtures.B, 2));
        List<Effect> effects = answerAll(
                node.submit(1, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT)),
                peers,
                versions);
        Outcome.Records found = (Outcome.Records) SoloNode.outcomes(effects).getFirst();
        assertThat(found.records()).containsExactly(versions.get(1));
        assertThat(found.report().agreeing()).isEqualTo(1);
        Message newest = new Message.Store(versions.get(1).record(), Optional.empty());
        assertThat(stores(effects))
                .extracting(Effect.Send::to)
                .containsExactlyInAnyOrder(peers.get(0).endpoint(), peers.get(2).endpoint());
        assertThat(stores(effects)).extracting(Effect.Send::message).containsOnly(newest);
        assertThat(node.core().statistics().lookups().readRepairs()).isEqualTo(2);
    }

    @Test
    void atATopicTheKeyIsNamedAndOnlyTheSlotThatIsOldIsSent() {
        NodeId key = Topics.keyOf("topic");
        List<Peer> peers = befriend(2);
        VerifiedRecord old = TestRecords.topic(Fixtures.B, "topic", 1, VirtualNetwork.START_SECONDS, 60);
        VerifiedRecord renewed = TestRecords.topic(Fixtures.B, "topic", 2, VirtualNetwork.START_SECONDS, 60);
        List<Effect> effects = answerAll(
                node.submit(1, new Command.FindRecords(key, RecordType.TOPIC, Want.NEWEST, TIMEOUT)),
                peers,
                List.of(renewed, old));
        effects.addAll(node.advance(Duration.ofSeconds(1)));
        assertThat(stores(effects)).first().satisfies(store -> {
            assertThat(store.to()).isEqualTo(peers.get(1).endpoint());
            assertThat(store.message()).isEqualTo(new Message.Store(renewed.record(), Optional.of(key)));
        });
        assertThat(stores(effects))
                .extracting(Effect.Send::to)
                .containsOnly(peers.get(1).endpoint());
    }

    @Test
    void ourOwnOldCopyIsReplaced() {
        List<Peer> peers = befriend(3);
        VerifiedRecord old = version(Fixtures.B, 1);
        VerifiedRecord renewed = version(Fixtures.B, 2);
        node.request(peers.getFirst(), new Message.Store(old.record(), Optional.empty()), old);
        answerAll(
                node.submit(1, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT)),
                peers,
                List.of(renewed, renewed, renewed));
        Effect.Send told = SoloNode.sends(node.request(peers.get(1), new Message.FindValue(KEY, 0, false)))
                .getFirst();
        assertThat(((Message.FindValueResponse) told.message()).records()).containsExactly(renewed.record());
    }

    @Test
    void nodesWithoutACopyGetNoneAndNeitherDoesOurOwnStore() {
        List<Peer> peers = befriend(3);
        List<Effect> effects = answerAll(
                node.submit(1, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT)),
                peers.subList(0, 1),
                List.of(version(Fixtures.B, 1)));
        effects.addAll(node.advance(TIMEOUT));
        assertThat(SoloNode.outcomes(effects)).hasSize(1);
        assertThat(stores(effects)).isEmpty();
        assertThat(node.core().statistics().store().records().used()).isZero();
    }

    /** Another identity signed what looks like a newer version. */
    @Test
    void whatThePolicyForbidsIsNeverWrittenBack() {
        List<Peer> peers = befriend(3);
        VerifiedRecord good = version(Fixtures.B, 1);
        VerifiedRecord forged = version(Fixtures.C, 9);
        List<Effect> effects = answerAll(
                node.submit(1, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, TIMEOUT)),
                peers,
                List.of(forged, good, good));
        effects.addAll(node.advance(TIMEOUT));
        assertThat(SoloNode.outcomes(effects))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Records.class,
                        found -> assertThat(found.records()).containsExactly(good));
        assertThat(stores(effects)).isEmpty();
    }

    @Test
    void theNumberOfReadRepairsIsBounded() {
        List<Peer> peers = befriend(16);
        List<VerifiedRecord> versions = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            versions.add(version(Fixtures.B, 1));
        }
        versions.add(version(Fixtures.B, 2));
        LookupOptions all = LookupOptions.within(TIMEOUT).withConcurrency(16).withHolders(16);
        List<Effect> effects = answerAll(
                node.submit(1, new Command.FindRecords(KEY, RecordType.ENDPOINT, Want.NEWEST, all)), peers, versions);
        Outcome.Records found = (Outcome.Records) SoloNode.outcomes(effects).getFirst();
        assertThat(found.report().holders()).hasSize(16);
        assertThat(stores(effects)).hasSize(LookupSettings.DEFAULT.freshness().maxReadRepairs());
    }

    /** One replica misses a renewal; the next lookup repairs it. */
    @Test
    void d16_oneReadMendsAReplicaThatMissedARenewal() {
        VirtualNetwork network = new VirtualNetwork(17);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(3);
        NodeId key = publisher.id();
        long publication = network.submit(publisher, new Command.Publish(key, version(publisher.identity(), 1)));
        network.await(publication);
        Node behind = network.livingByDistance(key).stream()
                .filter(other -> other != publisher)
                .findFirst()
                .orElseThrow();
        network.cut(behind.endpoint(), publisher.endpoint());
        VerifiedRecord renewed = version(publisher.identity(), 2);
        network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, renewed));
        Node reader = nodes.stream()
                .filter(other -> other != behind && other != publisher)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 2; i++) {
            network.call(
                    Outcome.Records.class,
                    reader,
                    new Command.FindRecords(
                            key,
                            RecordType.ENDPOINT,
                            Want.NEWEST,
                            LookupOptions.within(TIMEOUT).withHolders(16)));
            network.runFor(Duration.ofSeconds(1));
        }
        Outcome.Answered told = network.call(
                Outcome.Answered.class,
                reader,
                new Command.Ask(behind.endpoint(), Optional.empty(), new Message.FindValue(key, 0, false), TIMEOUT));
        assertThat(told.records()).containsExactly(renewed);
    }
}
