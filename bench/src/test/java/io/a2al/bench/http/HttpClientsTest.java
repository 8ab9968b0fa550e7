package io.a2al.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpClientsTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/found", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/missing", exchange -> {
            exchange.sendResponseHeaders(404, 2);
            exchange.getResponseBody().write("no".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.createContext("/v1/events", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write("id: 1\nevent: a\ndata: {}\n\nid: 2\nevent: b\ndata: {}\n\n"
                            .getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsAnsweredWithSuccessIsTimedAndTheRestCounted() throws IOException {
        try (HttpClients clients = new HttpClients(server.getAddress(), List.of("/found/1", "/missing", "/found/2"))) {
            HttpClients.Counts counts = clients.run(1000, SHORT);
            while (counts.failed == 0 || counts.latencies.count() == 0) {
                counts = clients.run(1000, SHORT);
            }
            assertThat(asked).containsExactly("/found/1", "/found/2");
            assertThat(counts.latencies.quantile(0.5)).isPositive();
        }
    }

    @Test
    void readersCountEventsAndTheirStreams() throws IOException {
        try (HttpClients clients = new HttpClients(server.getAddress(), List.of("/found"))) {
            clients.openReaders(3, LONG);
            assertThat(clients.readersOpen()).isEqualTo(3);
            server.stop(0);
            while (clients.readersOpen() > 0) {
                clients.run(0, SHORT);
            }
        }
    }

    @Test
    void aReaderWithoutAStreamIsAFailure() throws IOException {
        server.removeContext("/v1/events");
        try (HttpClients clients = new HttpClients(server.getAddress(), List.of("/found"))) {
            assertThatThrownBy(() -> clients.openReaders(1, SHORT))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("0 of 1 readers have a stream");
        }
    }
}
