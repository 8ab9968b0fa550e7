package io.a2al.app;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A few nodes over UDP on the loopback interface, all joined through the first. */
public final class LocalNetwork implements AutoCloseable {

    private final List<DhtNode> nodes = new ArrayList<>();

    private LocalNetwork() {}

    public static LocalNetwork of(int size) throws Exception {
        return of(size, RecordPolicy.standard());
    }

    /** A single node that keeps no mail. */
    public static LocalNetwork refusingMail() throws Exception {
        return of(1, RecordPolicy.standard().and((key, record, now) -> record.category() != RecordCategory.MAILBOX));
    }

    private static LocalNetwork of(int size, RecordPolicy policy) throws Exception {
        LocalNetwork network = new LocalNetwork();
        for (int i = 0; i < size; i++) {
            DhtNode node = DhtNode.builder()
                    .recordPolicy(policy)
                    .identity(Identity.generate(new SecureRandom()))
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .threads(1)
                    .build()
                    .start();
            network.nodes.add(node);
            if (i > 0) {
                node.bootstrap(List.of(
                        Endpoints.toSocketAddress(network.nodes.getFirst().localEndpoint())));
            }
        }
        return network;
    }

    public DhtNode get(int index) {
        return nodes.get(index);
    }

    /** Where to join, as the option takes it. */
    public String seed() {
        return nodes.getFirst().localEndpoint().toString();
    }

    @Override
    public void close() {
        nodes.forEach(DhtNode::close);
    }
}
