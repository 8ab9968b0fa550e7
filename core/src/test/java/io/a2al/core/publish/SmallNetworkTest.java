package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.Neighbourhood;
import io.a2al.core.testing.Neighbourhood.Node;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topic records in networks that are small, where readers of the older protocol version stop at local data. */
class SmallNetworkTest {

    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final NodeId KEY = Topics.keyOf("news");

    private static VerifiedRecord entry(Neighbourhood network, long sequence) {
        return TestRecords.topic(network.identity, "news", sequence, network.unixSeconds(), DAY);
    }

    private static VerifiedRecord publish(Neighbourhood network) {
        VerifiedRecord record = entry(network, 1);
        network.publish(record);
        network.run(ROUND);
        return record;
    }

    @Test
    void aTopicRecordGoesToTheSixteenNearest() {
        Neighbourhood network = new Neighbourhood(30);
        network.byDistance(KEY).get(3).alive = false;

        VerifiedRecord record = publish(network);

        // The lookup finds sixteen that answer.
        assertThat(network.holders(record)).containsExactlyInAnyOrderElementsOf(network.nearestLiving(KEY, 16));
        assertThat(network.settled()).containsExactly(new PublishStep.Settled(1, 16, 16));
        assertThat(network.state(1).wanted()).isEqualTo(16);
    }

    @Test
    void d36_otherRecordsGoToTheEightNearest() {
        Neighbourhood network = new Neighbourhood(30);
        VerifiedRecord record = network.endpoint(1, DAY);
        network.publish(record);
        network.run(ROUND);

        List<Node> nearest = network.nearestLiving(network.identity.nodeId(), 8);
        assertThat(network.holders(record)).containsExactlyInAnyOrderElementsOf(nearest);
        assertThat(network.settled()).containsExactly(new PublishStep.Settled(1, 8, 8));
    }

    @ParameterizedTest
    @CsvSource({"63, 16", "64, 8"})
    void d36_aTopicRecordGoesToTheEightNearestInALargerNetwork(long nodes, int holders) {
        Neighbourhood network = new Neighbourhood(30);
        network.estimatedSize = OptionalLong.of(nodes);

        VerifiedRecord record = publish(network);

        assertThat(network.holders(record)).containsExactlyInAnyOrderElementsOf(network.nearestLiving(KEY, holders));
        assertThat(network.settled()).containsExactly(new PublishStep.Settled(1, holders, holders));
    }

    /** A node that has just joined knows a few nodes of a large network. */
    @Test
    void d36_aLargeNetworkIsToldByHowNearTheNodesAreThatWereFound() {
        Neighbourhood network = new Neighbourhood(400);
        network.estimatedSize = OptionalLong.of(3);

        VerifiedRecord record = publish(network);

        assertThat(network.holders(record)).containsExactlyInAnyOrderElementsOf(network.nearestLiving(KEY, 8));
    }

    @Test
    void d36_aTopicRecordGoesToTheEightNearestAmongNodesOfTheNewerVersion() {
        Neighbourhood network = new Neighbourhood(30);
        network.byDistance(KEY).forEach(node -> network.newer.add(node.id()));

        assertThat(network.holders(publish(network))).hasSize(8);
    }

    /** The network has no more nodes, so that nothing is missing. */
    @ParameterizedTest
    @ValueSource(ints = {8, 12})
    void aNetworkWithFewerNodesIsComplete(int nodes) {
        Neighbourhood network = new Neighbourhood(nodes);
        publish(network);
        assertThat(network.settled()).containsExactly(new PublishStep.Settled(1, nodes, nodes));

        network.run(Duration.ofMinutes(9));
        assertThat(network.actions(PublishStep.FindNearest.class)).as("lookups").hasSize(1);
    }

    @Test
    void withFewerThanEightNodesReplicasAreMissing() {
        Neighbourhood network = new Neighbourhood(5);
        publish(network);

        assertThat(network.settled()).containsExactly(new PublishStep.Settled(1, 5, 8));
    }

    @Test
    void whenTheNetworkGrowsTheNearestEightAreEnough() {
        Neighbourhood network = new Neighbourhood(30);
        publish(network);
        network.estimatedSize = OptionalLong.of(200);
        network.run(Duration.ofMinutes(16));
        assertThat(network.state(1).wanted()).isEqualTo(8);

        VerifiedRecord newer = entry(network, 2);
        network.renew(1, newer);
        network.run(ROUND);

        assertThat(network.settled().getLast().replicas()).isEqualTo(8);
        assertThat(network.holders(newer))
                .as("nodes with the older record get the newer one, too")
                .containsExactlyInAnyOrderElementsOf(network.nearestLiving(KEY, 16));
    }

    /** Found in a network of nodes of the older version: seven of fifteen missed an entry with eight replicas. */
    @Test
    void inANetworkOfFifteenEveryNodeHoldsTheEntry() {
        VirtualNetwork network = new VirtualNetwork(15);
        network.grow(15);
        VirtualNetwork.Node publisher = network.nodes().get(4);
        VirtualNetwork.Node endpoint = network.nodes().get(9);
        long time = network.now().unixSeconds();

        VerifiedRecord entry = TestRecords.topic(publisher.identity(), "news", 1, time, DAY);
        long operation = network.submit(publisher, new Command.Publish(KEY, entry));
        VerifiedRecord other = TestRecords.endpoint(endpoint.identity(), "v1", 1, time, DAY);
        network.submit(endpoint, new Command.Publish(endpoint.id(), other));
        network.runUntilIdle(Duration.ofMinutes(1));

        assertThat(network.await(operation)).isEqualTo(new Outcome.Stored(14, 14));
        assertThat(network.nodes()).allMatch(node -> node.core().store().contains(KEY));
        assertThat(network.nodes())
                .filteredOn(node -> node.core().store().contains(endpoint.id()))
                .as("the publisher and eight others")
                .hasSize(9);
    }
}
