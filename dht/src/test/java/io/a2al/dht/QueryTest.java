package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Freshness;
import io.a2al.core.api.Holder;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.NodesResult;
import io.a2al.dht.result.RecordsResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QueryTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private static Contact contact(DhtNode node) {
        return Contact.of(node.address(), node.localEndpoint());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void findsTheNearestNodesOnAnyNumberOfPaths(int paths) throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            NodeId target = Topics.keyOf("target");
            DhtNode asker = nodes.get(7);

            NodesResult result = asker.query().withPaths(paths).findNode(target);

            assertThat(result.nodes())
                    .isEqualTo(IntStream.range(0, 12)
                            .filter(i -> i != 7)
                            .mapToObj(i -> contact(nodes.get(i)))
                            .sorted((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()))
                            .toList());
            assertThat(result.report().asked()).isEqualTo(11);
            assertThat(result.report().complete()).isTrue();
            assertThat(result.report().holders()).isEmpty();
        }
    }

    @Test
    void findsRecordsAndTellsWhoHasThem() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            DhtNode publisher = nodes.get(3);
            Publication publication = publisher.publish(ENDPOINT);

            RecordsResult newest =
                    nodes.get(5).query().withHolders(2).findRecords(publisher.nodeId(), RecordType.ENDPOINT);
            RecordsResult any = nodes.get(6)
                    .query()
                    .withHolders(1)
                    .withConcurrency(1)
                    .findRecords(publisher.nodeId(), RecordType.ANY);
            RecordsResult all = nodes.get(7).query().aggregate(publisher.nodeId(), RecordType.ANY);

            for (RecordsResult result : List.of(newest, any, all)) {
                assertThat(result.newest().orElseThrow().record())
                        .isEqualTo(publication.state().record());
                assertThat(result.records()).hasSize(1);
                assertThat(result.report().holders()).isNotEmpty().allMatch(Holder::newest);
            }
            assertThat(any.report().agreeing()).isEqualTo(1);
            assertThat(all.report().agreeing()).isBetween(7, 9);
        }
    }

    /** With eight replicas among eleven other nodes, the five nearest that answer have the record. */
    @Test
    void asksAsManyHoldersAsTheFreshnessSays() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            DhtNode publisher = nodes.get(3);
            publisher.publish(ENDPOINT);
            Query query = nodes.get(5).query().withConcurrency(1);

            assertThat(holders(query.withFreshness(Freshness.FIRST).withHolders(3), publisher))
                    .isEqualTo(1);
            assertThat(holders(query.withHolders(2), publisher)).isEqualTo(2);
            assertThat(holders(query.withHolders(1), publisher)).isEqualTo(1);
            assertThat(holders(query.withHolders(1).withFreshness(Freshness.MAJORITY), publisher))
                    .isEqualTo(5);
        }
    }

    private static int holders(Query query, DhtNode publisher) throws InterruptedException {
        RecordsResult result = query.findRecords(publisher.nodeId(), RecordType.ENDPOINT);
        assertThat(result.report().complete()).isTrue();
        return result.report().holders().size();
    }

    @Test
    void resolvesByAddressAndByNodeId() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(6)) {
            DhtNode publisher = nodes.get(3);
            publisher.publish(ENDPOINT);
            Query query = nodes.get(1)
                    .query()
                    .withConcurrency(-1)
                    .withStagger(Duration.ofMillis(-1))
                    .withPaths(2)
                    .withTimeout(Duration.ofSeconds(30));

            for (ResolveResult result :
                    List.of(query.resolve(publisher.address()), query.resolve(publisher.nodeId()))) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                ResolveResult.Found.class,
                                found -> assertThat(found.endpoint().payload()).isEqualTo(ENDPOINT));
            }
        }
    }

    @Test
    void collectsWhatManyPublished() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(8)) {
            for (int i = 0; i < 5; i++) {
                nodes.get(i).publish(TopicPayload.of("topic", "agent-" + i, List.of("a2a"), List.of()));
            }

            RecordsResult result =
                    nodes.get(7).query().withStagger(Duration.ZERO).aggregate(Topics.keyOf("topic"), RecordType.TOPIC);

            assertThat(result.records())
                    .extracting(verified -> TopicEntry.of(verified).payload().name())
                    .containsExactlyInAnyOrder("agent-0", "agent-1", "agent-2", "agent-3", "agent-4");
        }
    }

    @Test
    void nothingFoundIsAResult() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            Query query = nodes.get(0).query();
            NodeId key = Topics.keyOf("nothing");

            assertThat(query.findRecords(key, RecordType.ENDPOINT).newest()).isEmpty();
            assertThat(query.aggregate(key, RecordType.TOPIC).records()).isEmpty();
            assertThat(query.resolve(key)).isInstanceOf(ResolveResult.NotFound.class);
            assertThat(query.findRecords(key, RecordType.ENDPOINT).report().complete())
                    .isTrue();
        }
    }

    @Test
    void aNodeThatKnowsNobodyFindsNobody() throws Exception {
        try (DhtNode alone = DhtNode.builder()
                .identity(TestNodes.identity("alone"))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start()) {
            assertThat(alone.query().findNode(NodeId.ZERO).nodes()).isEmpty();
        }
    }

    @Test
    void d18_theTimeoutLeavesWhatIsKnownAndSaysSo() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            nodes.get(2).close();

            NodesResult result = nodes.get(0)
                    .query()
                    .withTimeout(Duration.ofMillis(200))
                    .findNode(nodes.get(2).nodeId());

            assertThat(result.report().complete()).isFalse();
            assertThat(result.nodes()).doesNotContain(contact(nodes.get(2)));
        }
    }

    @Test
    void aChoiceDoesNotChangeTheQueryItWasMadeFrom() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            nodes.get(2).close();
            Query patient = nodes.get(0).query();
            Query hasty = patient.withTimeout(Duration.ofMillis(1));

            assertThat(hasty.findNode(nodes.get(2).nodeId()).report().complete())
                    .isFalse();
            assertThat(patient.findNode(nodes.get(2).nodeId()).report().complete())
                    .isTrue();
        }
    }

    @Test
    void whatIsOutOfRangeIsNamed() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            Query query = nodes.get(0).query();

            assertThatThrownBy(() -> query.withConcurrency(65))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the concurrency of a lookup is 65; it must be 0 to 64");
            assertThatThrownBy(() -> query.withPaths(0))
                    .hasMessage("the number of paths of a lookup is 0; it must be 1 to 16");
            assertThatThrownBy(() -> query.withTimeout(Duration.ZERO))
                    .hasMessage("timeout: PT0S; give more than zero and at most PT24H");
            assertThatThrownBy(() -> query.withHolders(0)).hasMessage("holders of a lookup: 0; give 1 to 16");
            assertThatThrownBy(() -> query.withHolders(17)).hasMessageContaining("0 to 16");
            assertThatThrownBy(() -> query.findRecords(NodeId.ZERO, 256))
                    .hasMessage("record type: 256; give 0 to 255, where 0 stands for any type");
        }
    }

    @Test
    void aClosedNodeFindsNothingAnyMore() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            Query query = nodes.get(0).query();
            nodes.get(0).close();

            assertThatThrownBy(() -> query.findNode(NodeId.ZERO)).isInstanceOf(NodeClosedException.class);
        }
    }

    @Test
    void aNodeKnowsHowItsPeersAnswer() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            Peers peers = nodes.get(0).peers();

            assertThat(peers.healthOf(nodes.get(1).nodeId())).isEqualTo(PeerHealth.State.GOOD);
            assertThat(peers.roundTripTo(nodes.get(1).nodeId()).orElseThrow()).isPositive();
            assertThat(peers.healthOf(NodeId.ZERO)).isEqualTo(PeerHealth.State.UNKNOWN);
            assertThat(peers.roundTripTo(NodeId.ZERO)).isEmpty();
        }
    }
}
