package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.core.nat.NatSettings;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NatTest {

    private static final InetSocketAddress HOME = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 4121);

    private record Report(NodeId reporter, Endpoint observed, String thread) {}

    @Test
    void theListenerIsToldHowAPeerSeesUsOnAThreadOfItsOwn() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        CompletableFuture<Report> first = new CompletableFuture<>();
        try (DhtNode peer = DhtNode.builder()
                        .identity(TestNodes.identity("peer"))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode node = DhtNode.builder()
                        .identity(TestNodes.identity("node"))
                        .transport(network.newTransport())
                        .onObservedAddress((reporter, observed) -> first.complete(new Report(
                                reporter, observed, Thread.currentThread().getName())))
                        .build()
                        .start()) {
            node.ping(Endpoints.toSocketAddress(peer.localEndpoint()));

            Report report = first.get(30, TimeUnit.SECONDS);
            assertThat(report.reporter()).isEqualTo(peer.nodeId());
            assertThat(report.observed()).isEqualTo(node.localEndpoint());
            assertThat(report.thread()).startsWith("a2al-task");
        }
    }

    @Test
    void onLoopbackNothingIsKnownAndNobodySendsAnEcho() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            Nat nat = nodes.get(0).nat();
            assertThat(nat.status().publicEndpoint()).isEmpty();
            assertThat(nat.publishType()).isEqualTo(NatType.UNKNOWN);
            assertThat(nodes.get(0).statistics().nat().reportsIgnored()).isPositive();
            assertThat(nodes.get(0)
                            .rpc()
                            .withTimeout(Duration.ofMillis(50))
                            .probeNat(nodes.socketAddress(1), nodes.socketAddress(0)))
                    .isFalse();
        }
    }

    @Test
    void aPrivateNetworkAgreesOnPrivateAddresses() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        NodeSettings lan = NodeSettings.DEFAULT.withNat(NatSettings.DEFAULT.forPrivateNetwork());
        try (DhtNode one = DhtNode.builder()
                        .identity(TestNodes.identity("one"))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode two = DhtNode.builder()
                        .identity(TestNodes.identity("two"))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode node = DhtNode.builder()
                        .identity(TestNodes.identity("node"))
                        .transport(network.newTransport())
                        .settings(lan)
                        .build()
                        .start()) {
            node.ping(Endpoints.toSocketAddress(one.localEndpoint()));
            node.ping(Endpoints.toSocketAddress(two.localEndpoint()));

            assertThat(node.nat().status().publicEndpoint()).contains(node.localEndpoint());
            node.nat().setExternalIp(HOME.getAddress());
            node.nat().clearExternalIp();
        }
    }
}
