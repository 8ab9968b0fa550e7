package io.a2al.examples;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;

/** Embeds a node, publishes where the agent can be reached and what it offers, and finds all that offer the same. */
public final class EmbedAndFind {

    private EmbedAndFind() {}

    /** Joins through the node at {@code args[0]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                Endpoints.parse(args[0], DhtNode.DEFAULT_PORT));
    }

    static void run(InetSocketAddress listen, InetSocketAddress seed) throws IOException, InterruptedException {
        // example begins
        Identity identity = Identity.generate(new SecureRandom());
        try (DhtNode node =
                DhtNode.builder().identity(identity).listen(listen).build().start()) {
            node.bootstrap(List.of(seed));
            node.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));
            node.publish(TopicPayload.of("translation", "Babel", List.of("a2a"), List.of("de", "fr")));
            TopicFilter german = new TopicFilter(List.of(), List.of("de"));
            for (TopicEntry entry : node.discover("translation", german).entries()) {
                if (node.resolve(entry.address()) instanceof ResolveResult.Found found) {
                    System.out.println(entry.payload().name() + " is at "
                            + found.endpoint().payload().endpoints());
                }
            }
        }
        // example ends
    }
}
