package io.a2al.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A unit test of an application's class with real nodes on a network in memory: no sockets, no ports. */
@Timeout(60)
class TranslatorsTest {

    private final MemoryNetwork network = new MemoryNetwork();

    private DhtNode node() throws IOException {
        return DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .transport(network.newTransport())
                .build()
                .start();
    }

    @Test
    void findsATranslatorOfTheLanguage() throws Exception {
        try (DhtNode babel = node();
                DhtNode client = node()) {
            client.bootstrap(List.of(Endpoints.toSocketAddress(babel.localEndpoint())));
            babel.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));
            babel.publish(TopicPayload.of("translation", "Babel", List.of("a2a"), List.of("de", "fr")));

            Translators translators = new Translators(client);

            assertThat(translators.find("fr")).contains("https://babel.example/a2a");
            assertThat(translators.find("it")).isEmpty();
        }
    }
}
