package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.publish.PublishSettings;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fifty nodes with sockets of their own on loopback, of which twenty are closed at once. The intervals are short. Not
 * measured is how soon each record has eight replicas again, only that it has.
 */
@Timeout(120)
class SurvivalTest {

    private static final int NODES = 50;
    private static final int VICTIMS = 20;

    private final List<DhtNode> nodes = new ArrayList<>();

    private static NodeSettings hasty() {
        return NodeSettings.DEFAULT.withPublish(PublishSettings.DEFAULT
                .withRepairs(Duration.ofMillis(500), Duration.ofSeconds(2))
                .withProbing(new PublishSettings.Probing(
                        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMinutes(1), 3)));
    }

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < NODES; i++) {
            DhtNode node = DhtNode.builder()
                    .identity(TestNodes.identity("survivor-" + i))
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .settings(hasty())
                    .threads(1)
                    .build()
                    .start();
            nodes.add(node);
        }
        List<InetSocketAddress> first =
                List.of(Endpoints.toSocketAddress(nodes.getFirst().localEndpoint()));
        List<CompletableFuture<JoinResult>> joining = nodes.subList(1, NODES).stream()
                .map(node -> node.bootstrapAsync(first))
                .toList();
        joining.forEach(join -> assertThat(join.join().isConnected()).isTrue());
    }

    @AfterEach
    void close() {
        nodes.forEach(DhtNode::close);
    }

    @Test
    void d34_twentyOfFiftyDieAtOnceAndEveryRecordIsFoundAndHasEightReplicasAgain() throws Exception {
        List<Publication> publications = IntStream.range(0, 10)
                .mapToObj(i -> nodes.get(i).publishAsync(EndpointPayload.of(List.of("quic://203.0.113.7:" + (1 + i)))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(publications)
                .allSatisfy(publication ->
                        assertThat(publication.state().replicas()).isEqualTo(8));
        List<DhtNode> others = new ArrayList<>(nodes.subList(10, NODES));
        Collections.shuffle(others, new Random(1));
        others.subList(0, VICTIMS).parallelStream().forEach(DhtNode::close);
        List<DhtNode> living = new ArrayList<>(nodes.subList(0, 10));
        living.addAll(others.subList(VICTIMS, others.size()));
        assertThat(living).hasSize(NODES - VICTIMS);

        List<CompletableFuture<ResolveResult>> resolving = IntStream.range(0, 10)
                .mapToObj(i -> living.get(living.size() - 1 - i)
                        .resolveAsync(nodes.get(i).address()))
                .toList();
        assertThat(resolving).extracting(CompletableFuture::join).hasOnlyElementsOfType(ResolveResult.Found.class);
        List<NodeId> alive = living.stream().map(DhtNode::nodeId).toList();
        for (Publication publication : publications) {
            while (!isHeldByEightOf(alive, publication)) {
                // Between two looks, one round trip, which leaves the processor to the nodes.
                living.getFirst().ping(Endpoints.toSocketAddress(living.get(1).localEndpoint()));
            }
        }
    }

    private static boolean isHeldByEightOf(List<NodeId> alive, Publication publication) {
        return publication.state().replicas() == 8
                && publication.replicas().stream()
                        .filter(replica -> replica.condition() == Condition.CONFIRMED)
                        .allMatch(replica -> alive.contains(replica.node().nodeId()));
    }
}
