package io.a2al.dht;

import io.a2al.dht.result.JoinResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Small networks of real nodes, joined and ready; closes them all. */
public final class TestNodes implements AutoCloseable {

    private final Optional<QuietingNetwork> network;
    private final List<DhtNode> nodes = new ArrayList<>();

    private TestNodes(Optional<QuietingNetwork> network) {
        this.network = network;
    }

    /** The same identity for the same name, in every run. */
    public static Identity identity(String name) {
        return Identity.ofSeed(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Nodes on a network in memory. */
    static TestNodes inMemory(int count) throws Exception {
        QuietingNetwork network = new QuietingNetwork();
        TestNodes all = new TestNodes(Optional.of(network));
        for (int i = 0; i < count; i++) {
            all.add(DhtNode.builder().identity(identity("memory-" + i)).transport(network.newTransport()));
        }
        all.join();
        return all;
    }

    /** Nodes on real UDP, on the given address of this machine. */
    static TestNodes onUdp(int count, InetAddress address) throws Exception {
        TestNodes all = new TestNodes(Optional.empty());
        for (int i = 0; i < count; i++) {
            all.add(DhtNode.builder()
                    .identity(identity("udp-" + i))
                    .listen(new InetSocketAddress(address, 0))
                    .threads(2));
        }
        all.join();
        return all;
    }

    private void add(DhtNodeBuilder builder) throws IOException {
        nodes.add(builder.build().start());
    }

    private void join() throws InterruptedException {
        // All at once, because each join waits for about a tenth of a second.
        List<CompletableFuture<JoinResult>> joining = nodes.subList(1, nodes.size()).stream()
                .map(node -> node.bootstrapAsync(List.of(socketAddress(0))))
                .toList();
        joining.forEach(CompletableFuture::join);
        // Each node asks each other one, so that no test depends on which PINGs of the joining are still under way.
        for (DhtNode node : nodes) {
            for (int i = 0; i < nodes.size(); i++) {
                if (!nodes.get(i).equals(node)) {
                    node.ping(socketAddress(i));
                }
            }
        }
    }

    /** Waits until all datagrams on the network in memory, and all that they caused, have been handled. */
    void awaitQuiet() throws InterruptedException {
        network.orElseThrow().awaitQuiet();
    }

    DhtNode get(int index) {
        return nodes.get(index);
    }

    InetSocketAddress socketAddress(int index) {
        return Endpoints.toSocketAddress(nodes.get(index).localEndpoint());
    }

    @Override
    public void close() {
        nodes.forEach(DhtNode::close);
    }
}
