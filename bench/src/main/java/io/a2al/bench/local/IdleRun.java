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
 * Watches a node in a process of its own that belongs to a small network and has nothing to do but to keep in touch
 * with it. Time is real. Stateless.
 */
public final class IdleRun {

    private IdleRun() {}

    /**
     * Starts a node, lets others join through it, and watches it.
     *
     * @param others how many other nodes, in this process
     * @param settle how long everything is given to become quiet
     * @param watch how long it is watched after that
     * @throws IOException if a node does not start, or the others do not find it
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
                    throw new IOException("the node did not answer those that join through it");
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
