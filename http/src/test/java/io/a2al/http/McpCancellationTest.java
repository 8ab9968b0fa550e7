package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.time.ShellTime;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call that the Model Context Protocol cancels, down to the lookup in the core. */
@Timeout(120)
class McpCancellationTest {

    private static final String INITIALIZE = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
        "clientInfo":{"name":"test","version":"1"}}}\
        """;

    private static final String CANCEL =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";

    /** It stands still, so that no request times out and each lookup goes on until it is cancelled. */
    private static final ShellTime NOW = TimeSource.SYSTEM.now();

    /** Loses the requests for values, so that no peer answers lookups. */
    private static final class LosingTransport implements Transport {

        private final Transport transport;
        private final CountDownLatch lost = new CountDownLatch(1);

        LosingTransport(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            transport.start(handlers);
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            if (typeOf(datagram, length) == MessageType.FIND_VALUE) {
                lost.countDown();
                return true;
            }
            return transport.send(to, datagram, length);
        }

        private static MessageType typeOf(byte[] datagram, int length) {
            try {
                return new MessageCodec(Ed25519.preferred().newVerifier())
                        .decode(datagram, length)
                        .header()
                        .type();
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Endpoint localEndpoint() {
            return transport.localEndpoint();
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private static Identity identity(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    private static DhtNode start(Transport transport, int number) throws Exception {
        return DhtNode.builder()
                .identity(identity(number))
                .transport(transport)
                .time(() -> NOW)
                .build()
                .start();
    }

    private static HttpRequest post(HttpApi api, String body, String... session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + Endpoints.text(api.address()) + "/mcp"))
                .setHeader("Accept", "application/json, text/event-stream")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (session.length > 0) {
            request.setHeader("Mcp-Session-Id", session[0]);
        }
        return request.build();
    }

    private static int running(DhtNode node) {
        return node.statistics().lookups().running().used();
    }

    @Test
    void aCancelledCallEndsItsLookupAndLeavesItsPlace(@TempDir Path directory) throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        LosingTransport transport = new LosingTransport(network.newTransport());
        try (DhtNode peer = start(network.newTransport(), 1);
                DhtNode node = start(transport, 2);
                // Closed after the server, which ends the answers that it would wait for.
                HttpClient http = HttpClient.newHttpClient();
                HttpApi api = HttpApi.start(
                        node,
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        HttpSettings.of(directory.resolve("api.token"), "1.2.3"))) {
            node.bootstrap(List.of(Endpoints.toSocketAddress(peer.localEndpoint())));
            String session = http.send(post(api, INITIALIZE), BodyHandlers.ofString())
                    .headers()
                    .firstValue("Mcp-Session-Id")
                    .orElseThrow();
            int before = running(node);

            CompletableFuture<HttpResponse<String>> call =
                    http.sendAsync(post(api, resolve(identity(3).address()), session), BodyHandlers.ofString());
            transport.lost.await();
            int places = node.lookupStatistics().allowed();
            for (int i = 1; i < places; i++) {
                var _ = node.query().resolveAsync(identity(3 + i).address());
            }
            // The thread that begins the call's lookup may still be at it, and begins the others then.
            while (running(node) < before + places) {
                Thread.onSpinWait();
            }
            var _ = node.query().resolveAsync(identity(3 + places).address());
            assertThat(node.lookupStatistics().waiting())
                    .as("there is no place for one more")
                    .isOne();

            assertThat(http.send(post(api, CANCEL, session), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(202);
            assertThat(call.get().body()).doesNotContain("data:");
            assertThat(node.lookupStatistics().waiting())
                    .as("the one that waited has its place")
                    .isZero();
            assertThat(running(node))
                    .as("the cancelled one has ended in the core")
                    .isEqualTo(before + places);
        }
    }

    private static String resolve(Address address) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"a2al_resolve\","
                + "\"arguments\":{\"aid\":\"" + address + "\"}}}";
    }
}
