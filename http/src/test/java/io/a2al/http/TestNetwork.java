package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few nodes in memory, all joined through the first; the last one keeps publications in a directory. */
final class TestNetwork implements AutoCloseable {

    private final List<DhtNode> nodes = new ArrayList<>();

    TestNetwork(int size, Path directory) throws IOException, InterruptedException {
        MemoryNetwork network = new MemoryNetwork();
        for (int i = 0; i < size; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) (i + 1);
            DhtNode node = DhtNode.builder()
                    .identity(Identity.ofSeed(seed))
                    .transport(network.newTransport())
                    .publicationsFile(directory.resolve("publications-" + i))
                    .deliveredMail(directory.resolve("mail-delivered-" + i))
                    .build()
                    .start();
            nodes.add(node);
            if (i > 0) {
                node.bootstrap(
                        List.of(Endpoints.toSocketAddress(nodes.getFirst().localEndpoint())));
            }
        }
    }

    DhtNode get(int index) {
        return nodes.get(index);
    }

    DhtNode last() {
        return nodes.getLast();
    }

    @Override
    public void close() {
        nodes.forEach(DhtNode::close);
    }
}
