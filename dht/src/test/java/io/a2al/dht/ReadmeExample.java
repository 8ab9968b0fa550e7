package io.a2al.dht;

import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;

/** The example of the README, between the markers; {@link ReadmeTest} compares and runs it. */
final class ReadmeExample {

    private ReadmeExample() {}

    static void run(InetSocketAddress listen, InetSocketAddress seed) throws Exception {
        // README begins
        Identity identity = Identity.generate(new SecureRandom());
        try (DhtNode node =
                DhtNode.builder().identity(identity).listen(listen).build().start()) {
            node.bootstrap(List.of(seed));
            node.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));
            node.publish(TopicPayload.of("translation", "Babel", List.of("a2a"), List.of("de", "fr")));
            for (TopicEntry entry :
                    node.discover("translation", TopicFilter.ALL).entries()) {
                if (node.resolve(entry.address()) instanceof ResolveResult.Found found) {
                    System.out.println(entry.payload().name() + " is at "
                            + found.endpoint().payload().endpoints());
                }
            }
        }
        // README ends
    }
}
