package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Publications in networks whose nodes join, fail and split. */
class ReplicationInNetworkTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static VerifiedRecord endpoint(VirtualNetwork network, Node publisher, long sequence, long ttl) {
        return TestRecords.endpoint(
                publisher.identity(), "v" + sequence, sequence, network.now().unixSeconds(), ttl);
    }

    private static long publish(VirtualNetwork network, Node publisher, NodeId key, VerifiedRecord record) {
        long publication = network.submit(publisher, new Command.Publish(key, record));
        assertThat(network.await(publication)).isEqualTo(new Outcome.Stored(8, 8));
        return publication;
    }

    private static PublicationState state(VirtualNetwork network, Node publisher, long publication) {
        return publisher.core().publication(network.now(), publication).orElseThrow();
    }

    private static Set<NodeId> replicas(VirtualNetwork network, Node publisher, long publication) {
        Set<NodeId> replicas = new HashSet<>();
        for (Replica replica : state(network, publisher, publication).replicas()) {
            if (replica.condition() == PublicationState.Condition.CONFIRMED) {
                replicas.add(replica.node().nodeId());
            }
        }
        return replicas;
    }

    private static List<Node> nearest(VirtualNetwork network, NodeId key, Node publisher) {
        return network.livingByDistance(key).stream()
                .filter(node -> node != publisher)
                .limit(8)
                .toList();
    }

    private static Set<NodeId> ids(List<Node> nodes) {
        Set<NodeId> ids = new HashSet<>();
        nodes.forEach(node -> ids.add(node.id()));
        return ids;
    }

    private static boolean isFound(VirtualNetwork network, Node asker, NodeId key, VerifiedRecord record) {
        Command find = new Command.FindRecords(key, RecordType.ANY, Command.Want.ALL, TIMEOUT);
        return network.call(Outcome.Records.class, asker, find).records().contains(record);
    }

    @Test
    void eightReplicasThatDieAtOnceAreReplacedByEightOthers() {
        VirtualNetwork network = new VirtualNetwork(31);
        List<Node> nodes = network.grow(50);
        Node publisher = nodes.get(7);
        VerifiedRecord record = endpoint(network, publisher, 1, DAY);
        long publication = publish(network, publisher, publisher.id(), record);
        network.runFor(Duration.ofHours(1));
        Set<NodeId> before = replicas(network, publisher, publication);
        assertThat(before).isEqualTo(ids(nearest(network, publisher.id(), publisher)));
        nodes.stream().filter(node -> before.contains(node.id())).forEach(network::kill);
        network.runFor(Duration.ofMinutes(12));
        assertThat(replicas(network, publisher, publication))
                .isEqualTo(ids(nearest(network, publisher.id(), publisher)))
                .doesNotContainAnyElementsOf(before);
        Node farthest = network.livingByDistance(publisher.id()).getLast();
        assertThat(isFound(network, farthest, publisher.id(), record)).isTrue();
    }

    @Test
    void afterASplitHealsTheReplicasAreOneSetAgain() {
        VirtualNetwork network = new VirtualNetwork(32);
        List<Node> nodes = network.grow(40);
        Node publisher = nodes.get(3);
        VerifiedRecord record = endpoint(network, publisher, 1, DAY);
        long publication = publish(network, publisher, publisher.id(), record);
        network.runFor(Duration.ofMinutes(20));
        List<Node> here = nodes.subList(0, 20);
        List<Node> there = nodes.subList(20, 40);
        here.forEach(a -> there.forEach(b -> network.cut(a.endpoint(), b.endpoint())));
        network.runFor(Duration.ofMinutes(30));
        Set<NodeId> nearestHere = ids(network.livingByDistance(publisher.id()).stream()
                .filter(node -> here.contains(node) && node != publisher)
                .limit(8)
                .toList());
        assertThat(replicas(network, publisher, publication)).isEqualTo(nearestHere);

        here.forEach(a -> there.forEach(b -> network.heal(a.endpoint(), b.endpoint())));
        network.runFor(Duration.ofMinutes(45));
        assertThat(replicas(network, publisher, publication))
                .isEqualTo(ids(nearest(network, publisher.id(), publisher)));
        for (Node asker : nodes) {
            assertThat(isFound(network, asker, publisher.id(), record)).isTrue();
        }
    }

    /**
     * Found by simulation: nodes that the publisher met while it joined kept old copies after the newer ones had gone.
     */
    @Test
    void aRecordPublishedWhileJoiningGoesToTheNearestNodesOnly() {
        VirtualNetwork network = new VirtualNetwork(36);
        List<Node> nodes = network.grow(60);
        Node publisher = network.addNode();
        VerifiedRecord record = endpoint(network, publisher, 1, DAY);
        network.submit(publisher, new Command.Bootstrap(List.of(nodes.get(0).endpoint()), TIMEOUT));
        long publication = network.submit(publisher, new Command.Publish(publisher.id(), record));
        assertThat(network.await(publication)).isEqualTo(new Outcome.Stored(0, 8));
        network.runFor(Duration.ofMinutes(2));
        Set<NodeId> nearest = ids(nearest(network, publisher.id(), publisher));
        assertThat(replicas(network, publisher, publication)).isEqualTo(nearest);
        Set<NodeId> holders = new HashSet<>();
        for (Node node : nodes) {
            if (node.core().store().contains(publisher.id())) {
                holders.add(node.id());
            }
        }
        assertThat(holders).isEqualTo(nearest);
    }

    @Test
    void d35_threeHundredRenewalsAtOnceStayWithinTheLimits() {
        VirtualNetwork network = new VirtualNetwork(33);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(5);
        List<Long> publications = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            publications.add(network.submit(publisher, topic(network, publisher, i, 1)));
        }
        publications.forEach(network::await);
        int[] mostPending = {0};
        network.observe((from, to, message) -> mostPending[0] = Math.max(
                mostPending[0],
                publisher.core().statistics().requests().pending().used()));
        List<Long> renewals = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            VerifiedRecord renewed = topic(network, publisher, i, 2).record();
            renewals.add(network.submit(publisher, new Command.Renew(publications.get(i), renewed)));
        }
        for (long renewal : renewals) {
            assertThat(network.await(renewal)).as("topics in a small network").isEqualTo(new Outcome.Stored(16, 16));
        }
        assertThat(mostPending[0]).isLessThan(250);
    }

    private static Command.Publish topic(VirtualNetwork network, Node publisher, int number, long sequence) {
        String topic = "topic-" + number;
        return new Command.Publish(
                Topics.keyOf(topic),
                TestRecords.topic(
                        publisher.identity(), topic, sequence, network.now().unixSeconds(), 3600));
    }

    /** Three notes to one recipient at once; each is a slot of its own. */
    @Test
    void d07_aBurstOfMailIsStoredCompletely() {
        VirtualNetwork network = new VirtualNetwork(34);
        List<Node> nodes = network.grow(40);
        Node sender = nodes.get(9);
        Node recipient = nodes.get(30);
        List<Long> operations = new ArrayList<>();
        List<VerifiedRecord> notes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            VerifiedRecord note = TestRecords.note(
                    sender.identity(),
                    recipient.identity().address(),
                    i,
                    1,
                    network.now().unixSeconds(),
                    3600);
            notes.add(note);
            operations.add(network.submit(sender, new Command.Publish(recipient.id(), note, false)));
        }
        operations.forEach(network::await);
        for (int i = 0; i < 3; i++) {
            assertThat(replicas(network, sender, operations.get(i)))
                    .isEqualTo(ids(nearest(network, recipient.id(), sender)));
            assertThat(isFound(network, recipient, recipient.id(), notes.get(i)))
                    .isTrue();
        }
        network.runFor(Duration.ofHours(2));
        assertThat(sender.renewals()).isEmpty();
        assertThat(sender.core().statistics().replication().publications().used())
                .as("mail ends by itself (D-08)")
                .isZero();
    }

    @Test
    void d08_noNodeIsProbedForARecordThatHasExpired() {
        VirtualNetwork network = new VirtualNetwork(35);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(9);
        VerifiedRecord record = endpoint(network, publisher, 1, 1800);
        publish(network, publisher, publisher.id(), record);
        network.runFor(Duration.ofMinutes(29));
        assertThat(publisher.core().statistics().replication().watchedNodes()).isEqualTo(8);
        network.runFor(Duration.ofMinutes(2));
        assertThat(publisher.core().statistics().replication().watchedNodes()).isZero();
        List<Message> sent = new ArrayList<>();
        network.observe((from, to, message) -> {
            if (from.equals(publisher.endpoint()) && message instanceof Message.Store) {
                sent.add(message);
            }
        });
        network.runFor(Duration.ofHours(3));
        assertThat(sent).isEmpty();
    }

    @Test
    void aNearerNewcomerGetsTheRecordAtOnce() {
        VirtualNetwork network = new VirtualNetwork(36);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(9);
        NodeId key = publisher.id();
        VerifiedRecord record = endpoint(network, publisher, 1, DAY);
        long publication = publish(network, publisher, key, record);
        int received = 0;
        for (int i = 0; i < 20; i++) {
            Node newcomer = network.grow(1).getLast();
            network.runFor(Duration.ofSeconds(2));
            boolean near = nearest(network, key, publisher).contains(newcomer);
            received += near ? 1 : 0;
            assertThat(replicas(network, publisher, publication)).isEqualTo(ids(nearest(network, key, publisher)));
        }
        assertThat(received).isPositive();
    }

    @Test
    void theStateShowsTheHoldersAndTheirAge() {
        VirtualNetwork network = new VirtualNetwork(37);
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.get(9);
        VerifiedRecord record = endpoint(network, publisher, 1, DAY);
        long publication = publish(network, publisher, publisher.id(), record);
        PublicationState fresh = state(network, publisher, publication);
        assertThat(fresh.record()).isEqualTo(record);
        assertThat(fresh.wanted()).isEqualTo(8);
        assertThat(fresh.problem()).isEmpty();
        assertThat(fresh.replicas())
                .hasSize(8)
                .allSatisfy(replica -> assertThat(replica.age().orElseThrow()).isLessThan(Duration.ofSeconds(2)));
        network.runFor(Duration.ofMinutes(2));
        assertThat(state(network, publisher, publication).replicas())
                .as("no node was asked for the record yet")
                .allSatisfy(replica -> assertThat(replica.age().orElseThrow()).isGreaterThan(Duration.ofSeconds(110)));
        assertThat(publisher
                        .core()
                        .publications(
                                network.now(),
                                publisher.id(),
                                publisher.identity().address()))
                .hasSize(1);
        assertThat(network.call(
                        Outcome.Unpublished.class,
                        publisher,
                        new Command.UnpublishAll(publisher.identity().address())))
                .isEqualTo(new Outcome.Unpublished(1));
        assertThat(publisher.core().publication(network.now(), publication)).isEmpty();
    }
}
