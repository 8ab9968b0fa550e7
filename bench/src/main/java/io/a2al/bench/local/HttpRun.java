package io.a2al.bench.local;

import io.a2al.bench.http.HttpLoad;
import io.a2al.bench.http.HttpLoadReport;
import io.a2al.bench.http.HttpLoadSettings;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a node in a separate process under load on its HTTP interface: lookups at a rate, readers of its events, and
 * PINGs without and with that. The node belongs to a small network, whose other nodes run in this process and publish
 * what is looked up. The measurement takes real time. Stateless.
 */
public final class HttpRun {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;

    private HttpRun() {}

    /**
     * Starts a node and its network, and measures it.
     *
     * @param launch of a node that serves its HTTP interface
     * @throws IOException if a node does not start or join, or the node does not serve
     * @throws InterruptedException if the thread is interrupted
     */
    public static HttpLoadReport run(Launch launch, HttpLoadSettings settings)
            throws IOException, InterruptedException {
        List<DhtNode> network = new ArrayList<>();
        try (NodeProcess node = NodeProcess.start(launch, 0)) {
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < settings.others(); i++) {
                DhtNode other = newNode(random);
                network.add(other);
                if (!other.bootstrap(List.of(node.address())).isConnected()) {
                    throw new IOException("the node did not answer a node that joins: " + node.address());
                }
            }
            List<String> addresses = publish(network, random, settings.addresses());
            InetSocketAddress api = apiOf(node.files().resolve("api"));
            return HttpLoad.run(node.address(), api, addresses, node.pid(), settings);
        } finally {
            network.forEach(DhtNode::close);
        }
    }

    private static DhtNode newNode(SecureRandom random) throws IOException {
        return DhtNode.builder()
                .identity(Identity.generate(random))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .threads(1)
                .build()
                .start();
    }

    /** Publishes an endpoint for this many agents, by the nodes in turn; returns the agents' addresses. */
    private static List<String> publish(List<DhtNode> network, SecureRandom random, int count)
            throws InterruptedException {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Agent agent = Agent.self(Identity.generate(random));
            network.get(i % network.size())
                    .publish(agent, EndpointPayload.of(List.of("https://agent-" + i + ".example/a2a")));
            addresses.add(agent.address().toString());
        }
        return addresses;
    }

    /** Returns where the node serves, which it writes into a file when it does. */
    private static InetSocketAddress apiOf(Path file) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the node does not serve its HTTP interface");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        String url = Files.readString(file).strip();
        int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
