package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.DropReason;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DhtNodeTest {

    private static final EndpointPayload ENDPOINT =
            EndpointPayload.of(List.of("quic://203.0.113.7:4121")).withNatType(NatType.FULL_CONE);

    @Test
    void whatOneNodePublishesAnotherResolves() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            Publication publication = nodes.get(3).publish(ENDPOINT);

            assertThat(publication.state().wanted()).isEqualTo(8);
            assertThat(publication.state().replicas()).isEqualTo(8);
            for (int i = 0; i < 12; i++) {
                ResolveResult result = nodes.get(i).resolve(nodes.get(3).address());
                assertThat(result).isInstanceOfSatisfying(ResolveResult.Found.class, found -> {
                    assertThat(found.endpoint().payload()).isEqualTo(ENDPOINT);
                    assertThat(found.endpoint().address())
                            .isEqualTo(nodes.get(3).address());
                    assertThat(found.endpoint().record())
                            .isEqualTo(publication.state().record());
                });
            }
        }
    }

    @Test
    void nobodyIsFoundWhereNobodyPublished() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(5)) {
            Address stranger = TestNodes.identity("stranger").address();

            ResolveResult result = nodes.get(1).resolve(stranger);

            assertThat(result).isInstanceOf(ResolveResult.NotFound.class);
            assertThat(result.report().answered()).isEqualTo(4);
            assertThat(result.report().complete()).isTrue();
        }
    }

    @Test
    void aTopicShowsAllItsPublishersAndTheFilterChooses() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            for (int i = 0; i < 6; i++) {
                nodes.get(i)
                        .publish(TopicPayload.of(
                                "translation",
                                "agent-" + i,
                                List.of(i % 2 == 0 ? "a2a" : "mcp"),
                                i < 3 ? List.of("eu", "fast") : List.of("eu")));
            }

            List<TopicEntry> all =
                    nodes.get(9).discover("translation", TopicFilter.ALL).entries();
            List<TopicEntry> some = nodes.get(10)
                    .discover("translation", new TopicFilter(List.of("a2a"), List.of("fast")))
                    .entries();

            assertThat(all)
                    .extracting(entry -> entry.payload().name())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 6).mapToObj(i -> "agent-" + i).toList());
            assertThat(some)
                    .extracting(entry -> entry.payload().name())
                    .containsExactlyInAnyOrder("agent-0", "agent-2");
            assertThat(nodes.get(11).discover("another topic", TopicFilter.ALL).entries())
                    .isEmpty();
        }
    }

    @Test
    void aSecondPublicationReplacesTheFirst() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(6)) {
            nodes.get(0).publish(ENDPOINT);
            EndpointPayload moved = EndpointPayload.of(List.of("quic://198.51.100.1:9"));

            nodes.get(0).publish(moved);

            assertThat(nodes.get(4).resolve(nodes.get(0).address()))
                    .isInstanceOfSatisfying(
                            ResolveResult.Found.class,
                            found -> assertThat(found.endpoint().payload()).isEqualTo(moved));
        }
    }

    @Test
    void aPingTellsWhoIsThereAndHowItSeesUs() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            assertThat(nodes.get(1).ping(nodes.socketAddress(0)))
                    .isInstanceOfSatisfying(PingResult.Answered.class, answered -> {
                        assertThat(answered.node().address())
                                .isEqualTo(nodes.get(0).address());
                        assertThat(answered.node().nodeId())
                                .isEqualTo(nodes.get(0).nodeId());
                        assertThat(answered.observed()).isEqualTo(nodes.get(1).localEndpoint());
                        assertThat(answered.roundTrip()).isPositive();
                    });
            assertThat(nodes.get(1)
                            .pingAsync(
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9), Duration.ofMillis(20))
                            .get())
                    .isEqualTo(new PingResult.NoAnswer());
        }
    }

    @Test
    void aClientFindsEverythingAndIsLearntByNobody() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        try (DhtNode server = DhtNode.builder()
                        .identity(TestNodes.identity("server"))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode client = DhtNode.builder()
                        .identity(TestNodes.identity("client"))
                        .transport(network.newTransport())
                        .clientMode()
                        .build()
                        .start();
                DhtNode stranger = DhtNode.builder()
                        .identity(TestNodes.identity("stranger"))
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            server.publish(ENDPOINT);
            client.bootstrap(List.of(Endpoints.toSocketAddress(server.localEndpoint())));

            assertThat(client.resolve(server.address())).isInstanceOf(ResolveResult.Found.class);
            // It answers the node that it asked, which verifies its address and does not learn it.
            assertThat(server.ping(Endpoints.toSocketAddress(client.localEndpoint())))
                    .isInstanceOf(PingResult.Answered.class);
            assertThat(server.contacts()).isEmpty();
            assertThat(stranger.pingAsync(Endpoints.toSocketAddress(client.localEndpoint()), Duration.ofMillis(20))
                            .get())
                    .isEqualTo(new PingResult.NoAnswer());
            // The answer to this comes after the stranger's PING, in the order in which the client handles them.
            client.ping(Endpoints.toSocketAddress(server.localEndpoint()));
            assertThat(client.contacts())
                    .extracting(contact -> contact.nodeId())
                    .containsExactly(server.nodeId());
            assertThat(client.traffic().dropped().get(DropReason.NOT_SERVING)).isPositive();
        }
    }

    @Test
    void joiningReportsWhoAnswered() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        try (TestNodes nodes = TestNodes.inMemory(3);
                DhtNode alone = DhtNode.builder()
                        .identity(TestNodes.identity("alone"))
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            assertThat(nodes.get(0).statistics().table().contacts().used()).isEqualTo(2);
            assertThat(alone.bootstrap(List.of())).isEqualTo(new JoinResult(0, 0, 0));
            assertThat(alone.bootstrap(List.of()).isConnected()).isFalse();
        }
    }

    @Test
    void aPayloadBeyondALimitIsRefusedBeforeAnythingIsSent() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            EndpointPayload tooLong = EndpointPayload.of(List.of("quic://" + "x".repeat(1100)));
            TopicPayload brief = TopicPayload.of("t", "n", List.of(), List.of()).withBrief("b".repeat(141));

            assertThatThrownBy(() -> nodes.get(0).publish(tooLong))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("bytes, the limit is 1041");
            assertThatThrownBy(() -> nodes.get(0).publish(brief))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the brief has 141 characters, the limit is 140");
            assertThat(nodes.get(0).traffic().sent()).isZero();
            assertThat(nodes.get(0).statistics().replication().publications().used())
                    .isZero();
        }
    }

    @Test
    void aClosedPublicationIsForgotten() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            Publication publication = nodes.get(0).publish(ENDPOINT);
            assertThat(nodes.get(0).statistics().replication().publications().used())
                    .isEqualTo(1);

            publication.close();
            publication.close();

            assertThat(publication.isOpen()).isFalse();
            assertThat(nodes.get(0).statistics().replication().publications().used())
                    .isZero();
        }
    }

    @Test
    void startAndCloseCanBeRepeated() throws Exception {
        DhtNode node = DhtNode.builder()
                .identity(TestNodes.identity("life"))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build();
        assertThatThrownBy(() -> node.bootstrap(List.of())).isInstanceOf(IllegalStateException.class);

        assertThat(node.start()).isSameAs(node);
        assertThat(node.start()).isSameAs(node);
        node.close();
        node.close();

        assertThatThrownBy(node::start).isInstanceOf(NodeClosedException.class);
        assertThatThrownBy(() -> node.resolve(node.address())).isInstanceOf(NodeClosedException.class);
        assertThatThrownBy(() -> node.publish(ENDPOINT)).isInstanceOf(NodeClosedException.class);
    }

    @Test
    void closingFailsWhatIsUnderWay() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            CompletableFuture<PingResult> ping = nodes.get(0)
                    .pingAsync(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9), Duration.ofHours(1));

            nodes.get(0).close();

            assertThatThrownBy(ping::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NodeClosedException.class);
        }
    }

    @Test
    void aWaitingThreadCanBeInterrupted() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    nodes.get(0).ping(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });

            waiting.interrupt();

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aThousandOperationsFromManyThreadsAllEnd() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(4)) {
            nodes.get(0).publish(ENDPOINT);
            List<CompletableFuture<ResolveResult>> lookups = IntStream.range(0, 1000)
                    .parallel()
                    .mapToObj(
                            i -> nodes.get(1 + i % 3).resolveAsync(nodes.get(0).address()))
                    .toList();

            for (CompletableFuture<ResolveResult> lookup : lookups) {
                assertThat(lookup.get()).isInstanceOf(ResolveResult.Found.class);
            }
        }
    }
}
