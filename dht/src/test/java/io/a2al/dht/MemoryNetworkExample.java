package io.a2al.dht;

import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;

/**
 * The example of {@link MemoryNetwork} and of docs/api.md, between the markers; {@link ReadmeTest} compares and runs
 * it.
 */
final class MemoryNetworkExample {

    private MemoryNetworkExample() {}

    static void run() throws Exception {
        // example begins
        MemoryNetwork network = new MemoryNetwork();
        SecureRandom random = new SecureRandom();
        try (DhtNode seed = DhtNode.builder()
                        .identity(Identity.generate(random))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode agent = DhtNode.builder()
                        .identity(Identity.generate(random))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode client = DhtNode.builder()
                        .identity(Identity.generate(random))
                        .transport(network.newTransport())
                        .clientMode()
                        .build()
                        .start()) {
            List<InetSocketAddress> seeds = List.of(Endpoints.toSocketAddress(seed.localEndpoint()));
            agent.bootstrap(seeds);
            client.bootstrap(seeds);
            agent.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));
            if (client.resolve(agent.address()) instanceof ResolveResult.Found found) {
                System.out.println(found.endpoint().payload().endpoints());
            }
        }
        // example ends
    }
}
