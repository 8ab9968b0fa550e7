package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.core.testing.VirtualNetwork.Renewal;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publications: where records go, how they are kept alive. */
class NodeCorePublishTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Outcome EIGHT = new Outcome.Stored(8, 8);

    private static long seconds(VirtualNetwork network) {
        return network.now().unixSeconds();
    }

    private static VerifiedRecord endpoint(VirtualNetwork network, Identity publisher, long sequence, long ttl) {
        return TestRecords.endpoint(publisher, "v" + sequence, sequence, seconds(network), ttl);
    }

    /** The nodes other than the publisher that hold anything, when nothing else was published. */
    private static Set<Node> holders(VirtualNetwork network, Node publisher) {
        Set<Node> holders = new HashSet<>();
        for (Node node : network.nodes()) {
            if (node != publisher && node.core().statistics().store().records().used() > 0) {
                holders.add(node);
            }
        }
        return holders;
    }

    private static List<Node> nearestOthers(VirtualNetwork network, NodeId key, Node publisher) {
        return network.livingByDistance(key).stream()
                .filter(node -> node != publisher)
                .toList();
    }

    private static List<VerifiedRecord> find(VirtualNetwork network, Node asker, NodeId key, int type, Want want) {
        Command find = new Command.FindRecords(key, type, want, TIMEOUT);
        return network.call(Outcome.Records.class, asker, find).records();
    }

    // ---- where records go -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void d36_aRecordGoesToTheEightNearestThatAnswerAndNoOthers(long seed) {
        VirtualNetwork network = new VirtualNetwork(seed);
        List<Node> nodes = network.grow(50);
        Node publisher = nodes.get(7);
        List<Node> nearest = nearestOthers(network, publisher.id(), publisher);
        for (int dead : List.of(0, 3, 4)) {
            network.kill(nearest.get(dead));
        }
        long operation = network.submit(
                publisher, new Command.Publish(publisher.id(), endpoint(network, publisher.identity(), 1, 7200)));
        assertThat(network.await(operation)).isEqualTo(EIGHT);
        network.runUntilIdle(Duration.ofSeconds(30));
        assertThat(holders(network, publisher))
                .as("D-36")
                .isEqualTo(new HashSet<>(
                        nearestOthers(network, publisher.id(), publisher).subList(0, 8)));
        assertThat(network.sent(MessageType.STORE)).isEqualTo(8);
        assertThat(publisher.core().statistics().store().records().used())
                .as("its own copy")
                .isEqualTo(1);
    }

    @Test
    void d09_nodesThatRefuseAreNoReplicas() {
        VirtualNetwork network = new VirtualNetwork(5);
        network.grow(20);
        Node seedNode = network.nodes().getFirst();
        for (int i = 0; i < 20; i++) {
            Node refusing = network.addNode(
                    VirtualNetwork.privateEndpoint(1_000 + i),
                    NodeSettings.DEFAULT.withPolicy((key, record, now) -> false));
            network.call(Outcome.Joined.class, refusing, new Command.Bootstrap(List.of(seedNode.endpoint()), TIMEOUT));
        }
        network.runUntilIdle(Duration.ofMinutes(1));
        // Only the sixteen nearest that answer are ever asked, so the key is chosen such that eight of them accept.
        Node publisher = network.nodes().get(3);
        NodeId key = publisher.id();
        List<Node> nearest = nearestOthers(network, key, publisher).subList(0, 16);
        List<Node> accepting = nearest.stream()
                .filter(node -> network.nodes().indexOf(node) < 20)
                .toList();
        assertThat(accepting).hasSizeBetween(5, 14);
        Outcome.Stored stored = network.call(
                Outcome.Stored.class,
                publisher,
                new Command.Publish(key, endpoint(network, publisher.identity(), 1, 7200)));
        int expected = Math.min(8, accepting.size());
        assertThat(stored).as("D-09").isEqualTo(new Outcome.Stored(expected, 8));
        assertThat(holders(network, publisher)).isEqualTo(new HashSet<>(accepting.subList(0, expected)));
    }

    @Test
    void missingReplicasAreAddedWhenNodesCome() {
        VirtualNetwork network = new VirtualNetwork(6);
        List<Node> nodes = network.grow(6);
        Node publisher = nodes.get(2);
        Outcome stored = network.call(
                Outcome.Stored.class,
                publisher,
                new Command.Publish(publisher.id(), endpoint(network, publisher.identity(), 1, 7200)));
        assertThat(stored).isEqualTo(new Outcome.Stored(5, 8));
        network.grow(6);
        network.runFor(Duration.ofMinutes(5));
        assertThat(holders(network, publisher))
                .containsAll(nearestOthers(network, publisher.id(), publisher).subList(0, 8));
        long stores = network.sent(MessageType.STORE);
        network.runFor(Duration.ofMinutes(30));
        assertThat(network.sent(MessageType.STORE)).as("enough is enough").isEqualTo(stores);
    }

    @Test
    void d08_repairEndsWithTheRecord() {
        VirtualNetwork network = new VirtualNetwork(7);
        List<Node> nodes = network.grow(3);
        Node publisher = nodes.getFirst();
        network.call(
                Outcome.Stored.class,
                publisher,
                new Command.Publish(publisher.id(), endpoint(network, publisher.identity(), 1, 300)));
        network.runFor(Duration.ofMinutes(20));
        network.grow(10);
        network.runFor(Duration.ofMinutes(20));
        assertThat(holders(network, publisher)).as("D-08").isEmpty();
        assertThat(network.sent(MessageType.STORE)).isEqualTo(2);
    }

    // ---- renewal ----------------------------------------------------------------------------------------------

    @Test
    void aPublicationIsRenewedAtHalfItsTimeToLiveUntilItIsClosed() {
        VirtualNetwork network = new VirtualNetwork(8);
        List<Node> nodes = network.grow(20);
        Node publisher = nodes.get(4);
        NodeId key = publisher.id();
        List<Long> dueAt = new ArrayList<>();
        long publication =
                network.submit(publisher, new Command.Publish(key, endpoint(network, publisher.identity(), 1, 600)));
        long begun = network.now().nanos();
        assertThat(network.await(publication)).isEqualTo(EIGHT);
        for (int version = 2; version <= 4; version++) {
            int due = version - 1;
            while (publisher.renewals().size() < due) {
                network.runFor(Duration.ofSeconds(1));
                assertThat(network.now().nanos() - begun)
                        .isLessThan(Duration.ofHours(1).toNanos());
            }
            Renewal renewal = publisher.renewals().getLast();
            assertThat(renewal.publication()).isEqualTo(publication);
            dueAt.add(Duration.ofNanos(renewal.at().nanos() - begun).toSeconds());
            begun = network.now().nanos();
            VerifiedRecord renewed = endpoint(network, publisher.identity(), version, 600);
            assertThat(network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, renewed)))
                    .isEqualTo(EIGHT);
            Node asker = nodes.get(15);
            assertThat(find(network, asker, key, RecordType.ENDPOINT, Want.NEWEST))
                    .containsExactly(renewed);
        }
        assertThat(dueAt).containsExactly(300L, 300L, 300L);

        assertThat(network.call(Outcome.Unpublished.class, publisher, new Command.Unpublish(publication)))
                .isEqualTo(new Outcome.Unpublished(1));
        long stores = network.sent(MessageType.STORE);
        network.runFor(Duration.ofMinutes(20));
        assertThat(publisher.renewals()).hasSize(3);
        assertThat(network.sent(MessageType.STORE)).isEqualTo(stores);
        assertThat(publisher.core().statistics().replication().publications().used())
                .isZero();
        Outcome refused = network.call(
                Outcome.Refused.class,
                publisher,
                new Command.Renew(publication, endpoint(network, publisher.identity(), 9, 600)));
        assertThat(refused).isEqualTo(new Outcome.Refused("the publication is closed"));
    }

    @Test
    void noRenewalIsAskedForARecordSignedElsewhere() {
        VirtualNetwork network = new VirtualNetwork(19);
        List<Node> nodes = network.grow(12);
        Node publisher = nodes.get(4);
        Identity agent = network.newIdentity();
        VerifiedRecord signedElsewhere = endpoint(network, agent, 1, 600);
        assertThat(network.await(
                        network.submit(publisher, new Command.Publish(agent.nodeId(), signedElsewhere, false))))
                .isEqualTo(EIGHT);
        network.runFor(Duration.ofMinutes(20));
        assertThat(publisher.renewals()).isEmpty();
    }

    @Test
    void d07_recordsPublishedBackToBackAreAllStored() {
        VirtualNetwork network = new VirtualNetwork(9);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(3);
        Identity identity = publisher.identity();
        Identity recipient = nodes.get(20).identity();
        VerifiedRecord endpoint = endpoint(network, identity, 1, 3600);
        VerifiedRecord profile = TestRecords.opaque(
                identity, RecordType.AGENT_PROFILE, Bytes.fromHex("a10101"), 1, seconds(network), 3600);
        List<Long> operations = new ArrayList<>();
        operations.add(network.submit(publisher, new Command.Publish(publisher.id(), endpoint)));
        operations.add(network.submit(publisher, new Command.Publish(publisher.id(), profile)));
        List<VerifiedRecord> notes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            notes.add(TestRecords.note(identity, recipient.address(), i, 1, seconds(network), 3600));
            operations.add(network.submit(publisher, new Command.Publish(recipient.nodeId(), notes.getLast())));
        }
        for (long operation : operations) {
            assertThat(network.await(operation)).as("D-07").isEqualTo(EIGHT);
        }
        Node asker = nodes.get(10);
        assertThat(find(network, asker, publisher.id(), RecordType.ANY, Want.ALL))
                .containsExactlyInAnyOrder(endpoint, profile);
        assertThat(find(network, asker, recipient.nodeId(), RecordType.MAILBOX, Want.ALL))
                .containsExactlyInAnyOrderElementsOf(notes);
    }

    @Test
    void d07_aRenewalDuringARoundIsNotLost() {
        VirtualNetwork network = new VirtualNetwork(10);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(3);
        long publication = network.submit(
                publisher, new Command.Publish(publisher.id(), endpoint(network, publisher.identity(), 1, 3600)));
        List<Long> renewals = new ArrayList<>();
        for (int version = 2; version <= 5; version++) {
            network.runFor(Duration.ofMillis(60));
            renewals.add(network.submit(
                    publisher, new Command.Renew(publication, endpoint(network, publisher.identity(), version, 3600))));
        }
        assertThat(network.await(publication)).as("cut short").isInstanceOf(Outcome.Stored.class);
        assertThat(network.await(renewals.getLast())).isEqualTo(EIGHT);
        for (Node asker : nodes.subList(20, 30)) {
            assertThat(find(network, asker, publisher.id(), RecordType.ENDPOINT, Want.NEWEST))
                    .singleElement()
                    .satisfies(found -> assertThat(found.record().sequence()).isEqualTo(5));
        }
    }

    // ---- our own records --------------------------------------------------------------------------------------

    @Test
    void ourOwnRecordNeedsNoNetwork() {
        VirtualNetwork network = new VirtualNetwork(11);
        Node alone = network.addNode();
        VerifiedRecord first = endpoint(network, alone.identity(), 1, 600);
        long publication = network.submit(alone, new Command.Publish(alone.id(), first));
        assertThat(network.await(publication)).isEqualTo(new Outcome.Stored(0, 8));
        assertThat(find(network, alone, alone.id(), RecordType.ENDPOINT, Want.NEWEST))
                .containsExactly(first);
        VerifiedRecord second = endpoint(network, alone.identity(), 2, 600);
        network.call(Outcome.Stored.class, alone, new Command.Renew(publication, second));
        assertThat(find(network, alone, alone.id(), RecordType.ENDPOINT, Want.NEWEST))
                .containsExactly(second);
        network.runFor(Duration.ofMinutes(11));
        assertThat(find(network, alone, alone.id(), RecordType.ENDPOINT, Want.NEWEST))
                .as("it was not renewed")
                .isEmpty();
    }

    @Test
    void theNewerOfTwoPublicationsOfOneSlotCounts() {
        VirtualNetwork network = new VirtualNetwork(12);
        Node alone = network.addNode();
        network.call(
                Outcome.Stored.class,
                alone,
                new Command.Publish(alone.id(), endpoint(network, alone.identity(), 1, 600)));
        VerifiedRecord second = endpoint(network, alone.identity(), 2, 600);
        network.call(Outcome.Stored.class, alone, new Command.Publish(alone.id(), second));
        assertThat(find(network, alone, alone.id(), RecordType.ENDPOINT, Want.FIRST))
                .containsExactly(second);
    }

    @Test
    void d17_ourOwnTopicEntryDoesNotHideTheOthers() {
        VirtualNetwork network = new VirtualNetwork(13);
        List<Node> nodes = network.grow(12);
        NodeId key = Topics.keyOf("shared");
        Node early = nodes.get(1);
        Node late = nodes.get(2);
        VerifiedRecord first = TestRecords.topic(early.identity(), "shared", 1, seconds(network), 3600);
        network.call(Outcome.Stored.class, early, new Command.Publish(key, first));
        VerifiedRecord second = TestRecords.topic(late.identity(), "shared", 2, seconds(network), 3600);
        network.call(Outcome.Stored.class, late, new Command.Publish(key, second));
        for (Want want : List.of(Want.NEWEST, Want.ALL)) {
            assertThat(find(network, early, key, RecordType.TOPIC, want)).containsExactly(second, first);
        }
    }

    /**
     * An answer has room for a few records only, and which ones varies; so one lookup finds many, and some find all.
     */
    @Test
    void d20_oneLookupRevealsATopicWithManyPublishers() {
        VirtualNetwork network = new VirtualNetwork(14);
        List<Node> nodes = network.grow(40);
        NodeId key = Topics.keyOf("popular");
        Set<VerifiedRecord> all = new HashSet<>();
        List<Long> operations = new ArrayList<>();
        for (Node publisher : nodes.subList(0, 30)) {
            VerifiedRecord entry = TestRecords.topic(publisher.identity(), "popular", 1, seconds(network), 3600);
            all.add(entry);
            operations.add(network.submit(publisher, new Command.Publish(key, entry)));
        }
        operations.forEach(network::await);
        for (Node asker : nodes) {
            assertThat(find(network, asker, key, RecordType.TOPIC, Want.ALL))
                    .as("what %s finds", asker)
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    // ---- refusals ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRecordThatFitsIntoNoDatagramIsRefusedBeforeAnythingIsSent(int excess) {
        VirtualNetwork network = new VirtualNetwork(15);
        List<Node> nodes = network.grow(10);
        Node publisher = nodes.get(5);
        Identity identity = publisher.identity();
        long now = seconds(network);
        int overhead = TestRecords.opaque(identity, 2, Bytes.zeros(800), 1, now, 3600)
                        .record()
                        .encodedLength()
                - 800;
        VerifiedRecord record = TestRecords.opaque(
                identity, 2, Bytes.zeros(Message.Store.MAX_RECORD_WITHOUT_KEY - overhead + excess), 1, now, 3600);
        assertThat(record.record().encodedLength()).isEqualTo(Message.Store.MAX_RECORD_WITHOUT_KEY + excess);
        long sent = publisher.core().statistics().messages().sent();
        Outcome outcome = network.await(network.submit(publisher, new Command.Publish(publisher.id(), record)));
        if (excess == 0) {
            assertThat(outcome).isEqualTo(EIGHT);
        } else {
            assertThat(outcome).isEqualTo(new Outcome.Refused("the record has 1042 bytes, the limit is 1041"));
            assertThat(publisher.core().statistics().messages().sent()).isEqualTo(sent);
            assertThat(publisher.core().statistics().store().records().used()).isZero();
            assertThat(publisher
                            .core()
                            .statistics()
                            .replication()
                            .publications()
                            .used())
                    .isZero();
        }
    }

    @Test
    void aRecordThatNoNodeWouldKeepIsRefused() {
        VirtualNetwork network = new VirtualNetwork(16);
        Node node = network.addNode();
        Identity identity = node.identity();
        long now = seconds(network);
        VerifiedRecord good = TestRecords.endpoint(identity, "x", 5, now, 600);
        assertThat(refusal(network, node, node.id(), TestRecords.endpoint(identity, "x", 5, now - 601, 600)))
                .isEqualTo("the record has expired");
        assertThat(refusal(network, node, node.id(), TestRecords.endpoint(identity, "x", 5, now + 61, 600)))
                .isEqualTo("the record's timestamp lies in the future");
        assertThat(refusal(network, node, Topics.keyOf("y"), good)).startsWith("the record does not belong at key ");
        assertThat(refusal(network, node, Topics.keyOf("y"), TestRecords.topic(identity, "z", 1, now, 600)))
                .startsWith("the signing key may not publish for ");
        network.call(Outcome.Stored.class, node, new Command.Publish(node.id(), good));
        assertThat(refusal(network, node, node.id(), good))
                .startsWith("an equal or newer record of the same slot is already published");
        assertThat(network.sent(MessageType.STORE)).isZero();
    }

    private static String refusal(VirtualNetwork network, Node node, NodeId key, VerifiedRecord record) {
        return network.call(Outcome.Refused.class, node, new Command.Publish(key, record))
                .reason();
    }

    // ---- several holders --------------------------------------------------------------------------------------

    @Test
    void theNewestOfSeveralHoldersIsFound() {
        VirtualNetwork network = new VirtualNetwork(17);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(3);
        NodeId key = publisher.id();
        long publication =
                network.submit(publisher, new Command.Publish(key, endpoint(network, publisher.identity(), 1, 3600)));
        network.await(publication);
        // One replica misses the renewal, and so keeps the old version.
        Node behind = nearestOthers(network, key, publisher).getFirst();
        network.cut(behind.endpoint(), publisher.endpoint());
        VerifiedRecord renewed = endpoint(network, publisher.identity(), 2, 3600);
        assertThat(network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, renewed)))
                .isEqualTo(EIGHT);
        for (Node asker : nodes) {
            assertThat(find(network, asker, key, RecordType.ENDPOINT, Want.NEWEST))
                    .as("%s (D-16)", asker)
                    .containsExactly(renewed);
        }
    }
}
