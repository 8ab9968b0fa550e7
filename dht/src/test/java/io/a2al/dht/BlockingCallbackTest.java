package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.time.ShellTime;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Application code that blocks delays no operation: it never runs on a thread that the node needs. */
@Timeout(60)
class BlockingCallbackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final InetSocketAddress ABSENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final long START = 1_700_000_000;

    private final MemoryNetwork network = new MemoryNetwork();
    private final Block block = new Block();
    private DhtNode peer;

    /** Code that blocks until the end of the test. */
    private static final class Block {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final CompletableFuture<Boolean> left = new CompletableFuture<>();

        void enter() {
            entered.countDown();
            try {
                left.complete(released.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                left.completeExceptionally(e);
                Thread.currentThread().interrupt();
            }
        }

        void awaitEntry() throws InterruptedException {
            assertThat(entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the callback was called")
                    .isTrue();
        }
    }

    @BeforeEach
    void open() throws IOException {
        peer = builder("peer").build();
    }

    @AfterEach
    void close() {
        block.released.countDown();
        peer.close();
    }

    private DhtNodeBuilder builder(String name) {
        return DhtNode.builder().identity(TestNodes.identity(name)).transport(network.newTransport());
    }

    private InetSocketAddress toPeer() {
        return Endpoints.toSocketAddress(peer.localEndpoint());
    }

    private static EndpointPayload endpoint(int port) {
        return EndpointPayload.of(List.of("quic://203.0.113.7:" + port));
    }

    /** Performs operations from this thread while the callback blocks; all of them need the receiving thread. */
    private void expectThatOperationsComplete(DhtNode node) throws Exception {
        block.awaitEntry();
        assertThat(node.pingAsync(toPeer(), PATIENCE).get()).isInstanceOf(PingResult.Answered.class);
        assertThat(node.publish(endpoint(2)).state().replicas()).isEqualTo(1);
        assertThat(node.query().findNode(NodeId.ZERO).nodes()).hasSize(1);
        assertThat(block.left).as("the callback still blocks").isNotDone();

        block.released.countDown();
        assertThat(block.left.get()).as("released by the test").isTrue();
    }

    /** The stage is attached before the peer can answer, so that it runs where the node completes the future. */
    @Test
    void aStageThatBlocksAfterAnAnswer() throws Exception {
        try (DhtNode node = builder("node").build().start()) {
            CompletableFuture<Void> stage = node.pingAsync(toPeer(), PATIENCE).thenRun(block::enter);
            peer.start();

            expectThatOperationsComplete(node);
            stage.get();
        }
    }

    /** The stage is attached by another thread, which it blocks if the operation ends before. */
    @Test
    void aStageThatBlocksAfterATimeout() throws Exception {
        peer.start();
        try (DhtNode node = builder("node").build().start()) {
            Thread.startVirtualThread(() -> {
                var _ = node.pingAsync(ABSENT, Duration.ofMillis(300)).thenRun(block::enter);
            });
            block.awaitEntry();
            assertThat(node.pingAsync(ABSENT, Duration.ofMillis(20)).get()).isEqualTo(new PingResult.NoAnswer());
            node.ping(toPeer());

            expectThatOperationsComplete(node);
        }
    }

    @Test
    void aConsumerOfRecordsThatBlocks() throws Exception {
        peer.start();
        try (DhtNode node = builder("node").build().start()) {
            node.bootstrap(List.of(toPeer()));
            BlockingQueue<VerifiedRecord> heard = new LinkedBlockingQueue<>();
            node.listen(node.nodeId(), RecordType.ENDPOINT, record -> block.enter());
            node.listen(node.nodeId(), RecordType.ENDPOINT, heard::add);
            node.publish(endpoint(1));
            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("delivered to the other consumer")
                    .isNotNull();

            expectThatOperationsComplete(node);
        }
    }

    @Test
    void aListenerToObservedAddressesThatBlocks() throws Exception {
        peer.start();
        try (DhtNode node = builder("node")
                .onObservedAddress((reporter, observed) -> block.enter())
                .build()
                .start()) {
            assertThat(node.pingAsync(toPeer(), PATIENCE).get()).isInstanceOf(PingResult.Answered.class);

            expectThatOperationsComplete(node);
        }
    }

    /** Half an hour passes in steps of five seconds; each PING lets the node see it, on the thread of the test. */
    @Test
    void aRenewalThatBlocks() throws Exception {
        AtomicLong passed = new AtomicLong();
        TimeSource time = () -> new ShellTime(passed.get() * 1_000_000_000, START + passed.get());
        peer.close();
        peer = builder("peer").time(time).build().start();
        Agent agent = Agent.self(TestNodes.identity("slow signer"));
        AtomicLong signatures = new AtomicLong();
        try (DhtNode node = builder("node").time(time).build().start()) {
            NodePublications publications = (NodePublications) node.publications();
            publications
                    .keep(() -> {
                        if (signatures.incrementAndGet() == 2) {
                            block.enter();
                        }
                        return agent.newSigner().sign(endpoint(1), signatures.get(), START + passed.get(), 3600);
                    })
                    .get();
            node.bootstrap(List.of(toPeer()));
            while (passed.get() < 1_800) {
                passed.addAndGet(5);
                node.pingAsync(toPeer(), PATIENCE).get();
            }

            expectThatOperationsComplete(node);
        }
    }
}
