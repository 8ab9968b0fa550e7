package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Heard;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-46: nodes of the older protocol version drop a datagram with a field that only the newer one knows.
 */
class D46MixedGenerationsTest {

    private static final NodeId KEY = Topics.keyOf("news");

    private record Extended(Endpoint from, Endpoint to, Message message) {}

    private final VirtualNetwork network = new VirtualNetwork(46);
    private final List<Extended> extended = new ArrayList<>();

    private void grow(int count) {
        network.observe((from, to, message) -> {
            if (PeerVersions.isExtended(message)) {
                extended.add(new Extended(from, to, message));
            }
        });
        network.grow(count);
    }

    private VerifiedRecord entry(Node publisher, long sequence) {
        return TestRecords.topic(
                publisher.identity(), "news", sequence, network.now().unixSeconds(), 3600);
    }

    private long publish(Node publisher) {
        long operation = network.submit(publisher, new Command.Publish(KEY, entry(publisher, 1)));
        network.await(Outcome.Stored.class, operation);
        return operation;
    }

    /** Publishes, also records that are stored already or refused; looks up in every way; an hour of maintenance. */
    @Test
    void d46_nothingExtendedIsSentWithoutAListener() {
        grow(15);
        Node publisher = network.nodes().get(4);
        Node asker = network.nodes().get(9);
        long publication = publish(publisher);
        network.submit(asker, new Command.Publish(KEY, entry(publisher, 1)));
        for (Command.Want want : Command.Want.values()) {
            network.call(
                    Outcome.Records.class,
                    asker,
                    new Command.FindRecords(KEY, RecordType.TOPIC, want, Duration.ofSeconds(10)));
        }
        network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, entry(publisher, 2)));
        network.runFor(Duration.ofHours(1));
        assertThat(network.sent(MessageType.STORE)).isPositive();
        assertThat(extended).isEmpty();
    }

    @Test
    void d46_listeningWorksAmongOlderNodesAndCostsThemOneDatagramAnHour() {
        grow(15);
        network.nodes().forEach(network::makeOlder);
        Node publisher = network.nodes().get(4);
        Node listener = network.livingByDistance(KEY).getLast();
        long publication = publish(publisher);
        network.submit(listener, new Command.Listen(KEY, RecordType.TOPIC));
        network.runFor(Duration.ofMinutes(2));
        VerifiedRecord renewed = entry(publisher, 2);
        network.call(Outcome.Stored.class, publisher, new Command.Renew(publication, renewed));
        network.runFor(Duration.ofMinutes(50));

        assertThat(listener.heard()).extracting(Heard::record).endsWith(renewed).hasSize(2);
        assertThat(extended).allSatisfy(sent -> {
            assertThat(sent.from()).isEqualTo(listener.endpoint());
            assertThat(sent.message()).isEqualTo(new Message.FindValue(KEY, RecordType.TOPIC, true));
        });
        assertThat(extended).extracting(Extended::to).doesNotHaveDuplicates();
        assertThat(listener.core().statistics().requests().timedOut()).isZero();
        assertThat(listener.core().contacts()).hasSize(14);
    }
}
