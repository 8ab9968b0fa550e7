package io.a2al.examples.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls the producer as a container does. */
@Timeout(60)
class NodeProducerTest {

    private record Config(Identity identity, InetSocketAddress listen, List<InetSocketAddress> seeds)
            implements NodeProducer.Config {

        static Config of(InetSocketAddress... seeds) {
            return new Config(
                    Identity.generate(new SecureRandom()),
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                    List.of(seeds));
        }
    }

    @Test
    void theNodeRunsUntilTheContainerDisposesOfIt() throws Exception {
        NodeProducer producer = new NodeProducer();
        DhtNode seed = producer.node(Config.of());
        DhtNode node = producer.node(Config.of(Endpoints.toSocketAddress(seed.localEndpoint())));
        try {
            node.join();
            assertThat(node.contacts()).hasSize(1);
        } finally {
            producer.close(node);
            producer.close(seed);
        }
        assertThatThrownBy(node::join).isInstanceOf(NodeClosedException.class);
    }
}
