package io.a2al.examples.cdi;

import io.a2al.dht.DhtNode;
import io.a2al.protocol.crypto.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Makes a node a bean of a container with CDI, which starts it at its first use and closes it with the application. */
@Dependent
public class NodeProducer {

    /** For the container. */
    public NodeProducer() {}

    /** Implemented by a bean of the application, from whatever its configuration is. */
    public interface Config {
        Identity identity();

        InetSocketAddress listen();

        List<InetSocketAddress> seeds();
    }

    @Produces
    @ApplicationScoped
    DhtNode node(Config config) throws IOException {
        return DhtNode.builder()
                .identity(config.identity())
                .listen(config.listen())
                .seeds(config.seeds())
                .build()
                .start();
    }

    void close(@Disposes DhtNode node) {
        node.close();
    }
}
