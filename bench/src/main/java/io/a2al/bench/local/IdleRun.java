package io.a2al.bench.local;

import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures an idle node in a separate process. The node belongs to a small network and does only the maintenance that
 * its membership requires. The measurement takes real time. Stateless.
 */
public final class IdleRun {

    private IdleRun() {}

    /**
     * Starts a node, lets other nodes join through it, and measures it.
     *
     * @param others number of other nodes, which run in this process
     * @param settle time between the joins and the measurement
     * @param watch measured time
     * @throws IOException if a node does not start, or does not answer the nodes that join
     * @throws InterruptedException if the thread is interrupted
     */
    public static IdleReport run(Launch launch, int others, Duration settle, Duration watch)
            throws IOException, InterruptedException {
        List<DhtNode> network = new ArrayList<>();
        try (NodeProcess node = NodeProcess.start(launch, 0)) {
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < others; i++) {
                DhtNode other = newNode(random);
                network.add(other);
                if (!other.bootstrap(List.of(node.address())).isConnected()) {
                    throw new IOException("the node did not answer a node that joins: " + node.address());
                }
            }
            Thread.sleep(settle);
            return watch(node, watch);
        } finally {
            network.forEach(DhtNode::close);
        }
    }

    private static DhtNode newNode(SecureRandom random) throws IOException {
        DhtNodeBuilder builder = DhtNode.builder()
                .identity(Identity.generate(random))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .threads(1);
        return builder.build().start();
    }

    private static IdleReport watch(NodeProcess node, Duration watch) throws IOException, InterruptedException {
        Optional<Duration> before = node.cpu();
        long start = System.nanoTime();
        Thread.sleep(watch);
        Optional<Duration> after = node.cpu();
        Duration observed = Duration.ofNanos(System.nanoTime() - start);
        Optional<Long> heap = ProcessMemory.heap(node.pid());
        return new IdleReport(
                observed, after.flatMap(end -> before.map(end::minus)), heap, ProcessMemory.resident(node.pid()));
    }
}
