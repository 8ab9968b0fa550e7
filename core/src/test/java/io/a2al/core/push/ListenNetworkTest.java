package io.a2al.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Heard;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listening in a network of our own nodes. */
class ListenNetworkTest {

    private static final NodeId KEY = Topics.keyOf("news");

    private final VirtualNetwork network = new VirtualNetwork(46);

    private VerifiedRecord entry(Node publisher, long sequence) {
        return TestRecords.topic(
                publisher.identity(), "news", sequence, network.now().unixSeconds(), 3600);
    }

    private long publish(Node publisher, VerifiedRecord record) {
        long operation = network.submit(publisher, new Command.Publish(KEY, record));
        network.await(Outcome.Stored.class, operation);
        return operation;
    }

    private void renew(Node publisher, long publication, VerifiedRecord record) {
        network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, record));
    }

    /** A node that is none of the replicas, so that nothing is stored with it. */
    private Node listener() {
        return network.livingByDistance(KEY).getLast();
    }

    private static List<VerifiedRecord> heard(Node node) {
        return node.heard().stream().map(Heard::record).toList();
    }

    @Test
    void d46_ourNodesRecogniseEachOtherAndPush() {
        network.grow(30);
        Node publisher = network.livingByDistance(KEY).get(20);
        Node listener = listener();
        VerifiedRecord first = entry(publisher, 1);
        long publication = publish(publisher, first);
        network.submit(listener, new Command.Listen(KEY, RecordType.TOPIC));
        network.runFor(Duration.ofSeconds(20));
        assertThat(heard(listener)).containsExactly(first);

        for (int i = 2; i <= 6; i++) {
            long plainQuestions = network.sent(MessageType.FIND_VALUE);
            VerifiedRecord next = entry(publisher, i);
            renew(publisher, publication, next);
            network.runFor(Duration.ofSeconds(2));
            assertThat(heard(listener)).endsWith(next).hasSize(i);
            assertThat(network.sent(MessageType.PUSH)).isPositive();
            assertThat(network.sent(MessageType.FIND_VALUE) - plainQuestions)
                    .as("without looking")
                    .isLessThanOrEqualTo(8);
            network.runFor(Duration.ofMinutes(2));
        }
    }

    /** The recipient is the node nearest to its own mailbox, so that notes are stored with it. */
    @Test
    void mailArrivesAtOnce() {
        List<Node> nodes = network.grow(20);
        Node recipient = nodes.get(3);
        network.submit(recipient, new Command.Listen(recipient.id(), RecordType.MAILBOX));
        network.runFor(Duration.ofMinutes(3));

        VerifiedRecord note = TestRecords.note(
                nodes.get(9).identity(),
                recipient.identity().address(),
                1,
                1,
                network.now().unixSeconds(),
                3600);
        network.call(Outcome.Stored.class, nodes.get(9), new Command.Publish(recipient.id(), note));
        network.runFor(Duration.ofSeconds(1));
        assertThat(heard(recipient)).containsExactly(note);
    }

    @Test
    void recordsOfAllPublishersArriveDespiteLoss() {
        List<Node> nodes = network.grow(30);
        Node listener = listener();
        network.setLoss(0.1);
        network.submit(listener, new Command.Listen(KEY, RecordType.TOPIC));
        List<Node> publishers =
                nodes.stream().filter(node -> node != listener).limit(12).toList();
        for (Node publisher : publishers) {
            publish(publisher, entry(publisher, 1));
            network.runFor(Duration.ofSeconds(20));
        }
        network.runFor(Duration.ofMinutes(6));
        assertThat(heard(listener))
                .extracting(heard -> heard.record().address())
                .containsExactlyInAnyOrderElementsOf(publishers.stream()
                        .map(publisher -> publisher.identity().address())
                        .toList());
    }

    @Test
    void allOfManyListenersAreTold() {
        List<Node> nodes = network.grow(30);
        Node publisher = nodes.getFirst();
        long publication = publish(publisher, entry(publisher, 1));
        List<Node> listeners = nodes.subList(1, 30);
        listeners.forEach(node -> network.submit(node, new Command.Listen(KEY, RecordType.TOPIC)));
        network.runFor(Duration.ofSeconds(30));
        VerifiedRecord next = entry(publisher, 2);
        renew(publisher, publication, next);
        network.runFor(Duration.ofMinutes(6));
        assertThat(listeners).allSatisfy(node -> assertThat(heard(node)).endsWith(next));
    }
}
