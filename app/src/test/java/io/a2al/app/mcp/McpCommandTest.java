package io.a2al.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.a2al.app.Cli;
import io.a2al.app.Main;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.HttpApi;
import io.a2al.http.HttpSettings;
import io.a2al.protocol.crypto.Identity;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Model Context Protocol over two streams, with and without a node that runs. */
@Timeout(120)
class McpCommandTest {

    private static final String INITIALIZE = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
        "clientInfo":{"name":"test","version":"1"}}}\
        """;

    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private static final String CANCELLATION =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";

    private static final String VERIFY = """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a2al_verify_address",\
        "arguments":{"address":"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"}}}\
        """;

    @TempDir
    private Path directory;

    /** A host and the command that it started. */
    private static final class Host implements AutoCloseable {

        private final OutputStream toCommand;
        private final BufferedReader fromCommand;
        private final StringWriter err = new StringWriter();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

        Host(String... args) throws IOException {
            Pipe input = Pipe.open();
            Pipe output = Pipe.open();
            InputStream in = Channels.newInputStream(input.source());
            OutputStream out = Channels.newOutputStream(output.sink());
            toCommand = Channels.newOutputStream(input.sink());
            fromCommand = new BufferedReader(Channels.newReader(output.source(), StandardCharsets.UTF_8));
            Thread.ofPlatform()
                    .start(() -> exitCode.complete(Main.commandLine(List.of(() -> new McpCommand(in, out)))
                            .setErr(new PrintWriter(err, true))
                            .execute(args)));
        }

        JsonNode ask(String line) throws IOException {
            send(line);
            return new ObjectMapper().readTree(fromCommand.readLine());
        }

        void send(String line) throws IOException {
            toCommand.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            toCommand.flush();
        }

        int end() throws IOException {
            toCommand.close();
            return exitCode.join();
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }

    private static boolean isVerified(JsonNode answer) {
        return answer.at("/result/structuredContent/valid").booleanValue();
    }

    private HttpApi serve(DhtNode node) throws IOException {
        HttpApi api = HttpApi.start(
                node,
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(directory.resolve("api.token"), "1.2.3"));
        Files.writeString(directory.resolve("api"), "http://" + Endpoints.text(api.address()) + "\n");
        return api;
    }

    private static DhtNode node() throws IOException {
        return DhtNode.builder()
                .identity(Identity.ofSeed(new byte[32]))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
    }

    @Test
    void withoutARunningNodeOneIsStarted() throws Exception {
        try (Host host = new Host("mcp", "--data", directory.toString(), "--listen", "127.0.0.1:0")) {
            assertThat(host.ask(INITIALIZE).at("/result/protocolVersion").textValue())
                    .isEqualTo("2025-06-18");
            host.send(INITIALIZED);
            assertThat(isVerified(host.ask(VERIFY))).isTrue();
            assertThat(host.end()).isZero();
        }
        assertThat(directory.resolve("identity.key")).exists();
    }

    @Test
    void messagesAreRelayedToTheRunningNode() throws Exception {
        try (DhtNode node = node();
                HttpApi api = serve(node);
                Host host = new Host("mcp", "--data", directory.toString())) {
            assertThat(api.address().getPort()).isPositive();
            assertThat(host.ask(INITIALIZE).at("/result/serverInfo/version").textValue())
                    .isEqualTo("1.2.3");
            host.send(INITIALIZED);
            assertThat(isVerified(host.ask(VERIFY))).isTrue();
            assertThat(host.ask("nonsense").at("/error/code").intValue()).isEqualTo(-32_700);
            assertThat(host.ask("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"none\"}")
                            .at("/error/code")
                            .intValue())
                    .isEqualTo(-32_601);
            assertThat(host.end()).isZero();
        }
        assertThat(directory.resolve("identity.key")).doesNotExist();
    }

    @Test
    void aNodeThatIsStartedAgainIsFoundAgain() throws Exception {
        try (DhtNode node = node()) {
            HttpApi first = serve(node);
            try (Host host = new Host("mcp", "--data", directory.toString())) {
                host.ask(INITIALIZE);
                first.close();
                try (HttpApi _ = serve(node)) {
                    assertThat(isVerified(host.ask(VERIFY))).isTrue();
                }
                JsonNode none = host.ask(VERIFY);
                assertThat(none.get("id").intValue()).isEqualTo(2);
                assertThat(none.at("/error/message").textValue()).contains("a2al node");
            }
        }
    }

    /** The first of two calls is answered only when a third one, which changes nothing, has come. */
    @Test
    void callsThatChangeSomethingAreRelayedInTheirOrder() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            node.setExecutor(threads);
            node.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (body.contains("a2al_status")) {
                    asked.countDown();
                } else if (body.contains("a2al_agent_publish")) {
                    awaitUninterruptibly(asked);
                    heard.add("published");
                } else if (body.contains("a2al_agent_delete")) {
                    heard.add("deleted");
                }
                byte[] answer = "data: {\"id\":0}\n\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            node.start();
            Files.writeString(
                    directory.resolve("api"),
                    "http://127.0.0.1:" + node.getAddress().getPort());
            try (Host host = new Host("mcp", "--data", directory.toString())) {
                host.ask(INITIALIZE);
                for (String tool : List.of("a2al_agent_publish", "a2al_agent_delete")) {
                    host.send(VERIFY.replace("a2al_verify_address", tool));
                }
                // The first answer comes when the node has been asked for its status.
                host.ask(VERIFY.replace("a2al_verify_address", "a2al_status"));
                assertThat(host.end()).isZero();
            }
            assertThat(heard).containsExactly("published", "deleted");
            node.stop(0);
        }
    }

    /** A node that does not answer a call for its status until it is told to go on. */
    private HttpServer slowNode(ExecutorService threads, List<String> heard, CountDownLatch begun, CountDownLatch goOn)
            throws IOException {
        return slowNode(threads, heard, begun, new CountDownLatch(0), goOn);
    }

    /** The same; it does not begin to answer such a call, either, before it is told to take it. */
    private HttpServer slowNode(
            ExecutorService threads,
            List<String> heard,
            CountDownLatch begun,
            CountDownLatch taking,
            CountDownLatch goOn)
            throws IOException {
        HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.setExecutor(threads);
        node.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = body.replaceAll(".*\"id\":(\\d+).*", "$1");
            boolean isSlow = body.contains("a2al_status");
            if (isSlow) {
                heard.add("call " + id);
                begun.countDown();
                awaitUninterruptibly(taking);
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            if (isSlow) {
                awaitUninterruptibly(goOn);
            } else if (body.contains("notifications/cancelled")) {
                heard.add("cancelled");
                goOn.countDown();
                exchange.close();
                return;
            }
            exchange.getResponseBody().write(("data: {\"id\":" + id + "}\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        node.start();
        Files.writeString(
                directory.resolve("api"),
                "http://127.0.0.1:" + node.getAddress().getPort());
        return node;
    }

    private static String status(int id) {
        return VERIFY.replace("a2al_verify_address", "a2al_status").replace("\"id\":2", "\"id\":" + id);
    }

    @Test
    void aCancellationIsRelayedAfterItsCallWhoseAnswerIsDropped() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch begun = new CountDownLatch(1);
            HttpServer node = slowNode(threads, heard, begun, goOn);
            try (Host host = new Host("mcp", "--data", directory.toString())) {
                host.ask(INITIALIZE);
                host.send(status(7));
                awaitUninterruptibly(begun);
                host.send(CANCELLATION);
                awaitUninterruptibly(goOn);
                assertThat(host.ask(VERIFY).get("id").intValue())
                        .as("the next line is no answer to the cancelled call")
                        .isEqualTo(2);
                assertThat(host.end()).isZero();
            }
            assertThat(heard).containsExactly("call 7", "cancelled");
            node.stop(0);
        }
    }

    /** Otherwise the node may hear of the cancellation first, ignore it, and carry out the call. */
    @Test
    void aCancellationWaitsUntilTheNodeHasTakenTheCall() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch taking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpServer node = slowNode(threads, heard, begun, taking, goOn);
            try (Host host = new Host("mcp", "--data", directory.toString())) {
                host.ask(INITIALIZE);
                host.send(status(7));
                awaitUninterruptibly(begun);
                host.send(CANCELLATION);
                // A cancellation that does not wait is with the node before all of these.
                for (int i = 0; i < 50; i++) {
                    host.ask(VERIFY);
                }
                assertThat(heard).containsExactly("call 7");
                taking.countDown();
                awaitUninterruptibly(goOn);
                assertThat(host.end()).isZero();
            } finally {
                taking.countDown();
            }
            assertThat(heard).containsExactly("call 7", "cancelled");
            node.stop(0);
        }
    }

    @Test
    void aCallUnderWayIsAnsweredAfterStandardInputHasEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpServer node = slowNode(threads, new CopyOnWriteArrayList<>(), begun, goOn);
            try (Host host = new Host("mcp", "--data", directory.toString())) {
                host.ask(INITIALIZE);
                host.send(status(7));
                awaitUninterruptibly(begun);
                host.toCommand.close();
                goOn.countDown();

                assertThat(host.fromCommand.readLine()).contains("\"id\":7");
                assertThat(host.exitCode.join()).isZero();
            }
            node.stop(0);
        }
    }

    @Test
    void aCallThatIsNotAnsweredInTimeDoesNotKeepTheCommand() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpServer node = slowNode(threads, new CopyOnWriteArrayList<>(), new CountDownLatch(1), goOn);
            Optional<RunningNode> running = RunningNode.in(directory);
            String lines = INITIALIZE + "\n" + status(7) + "\n";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Relay(
                            new NodeSession(() -> running, http),
                            new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                            out,
                            Duration.ZERO)
                    .run();

            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\"id\":7");
            goOn.countDown();
            node.stop(0);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherCommandWithTheDirectoryIsNamedARemedy() throws Exception {
        try (DataDirectory taken = DataDirectory.open(directory)) {
            Cli.Result result = Cli.run("mcp", "--data", directory.toString());
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err()).contains("run a2al node");
            assertThat(taken.path()).isEqualTo(directory);
        }
    }
}
