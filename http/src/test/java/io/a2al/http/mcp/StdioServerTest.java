package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's transport over two streams. */
@Timeout(60)
class StdioServerTest {

    private static final String STATUS = """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a2al_status"}}\
        """;

    private final Router router = Router.builder()
            .get("/status", _ -> ApiResult.json(Json.object().put("a", 1)))
            .build();

    /** A server of these actions, and its host. */
    private static final class Host {

        private final CompletableFuture<Void> serving = new CompletableFuture<>();
        private final OutputStream toServer;
        private final BufferedReader answers;
        private final Thread server;

        Host(Router router) throws IOException {
            this(router, Duration.ofSeconds(30));
        }

        Host(Router router, Duration lastAnswers) throws IOException {
            Pipe input = Pipe.open();
            Pipe output = Pipe.open();
            toServer = Channels.newOutputStream(input.sink());
            answers = new BufferedReader(Channels.newReader(output.source(), StandardCharsets.UTF_8));
            server = Thread.ofVirtual().start(() -> {
                try {
                    StdioServer.serve(
                            router,
                            () -> false,
                            "1.2.3",
                            Channels.newInputStream(input.source()),
                            Channels.newOutputStream(output.sink()),
                            lastAnswers);
                    serving.complete(null);
                } catch (InterruptedException e) {
                    serving.completeExceptionally(e);
                }
            });
        }

        String begin() throws IOException {
            String answer = exchange(McpServing.INITIALIZE.replace("2025-06-18", "2099-01-01"));
            send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            return answer;
        }

        void send(String line) throws IOException {
            toServer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            toServer.flush();
        }

        String exchange(String line) throws IOException {
            send(line);
            return answers.readLine();
        }
    }

    private static String call(int id, String tool) {
        String arguments = tool.startsWith("a2al_agent_") ? ",\"arguments\":{\"aid\":\"a0\"}" : "";
        return STATUS.replace("\"id\":2", "\"id\":" + id).replace("\"a2al_status\"", "\"" + tool + "\"" + arguments);
    }

    private static String cancellation(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    /** Waits until it is interrupted. */
    private static ApiResult endless(CountDownLatch begun, CountDownLatch interrupted) throws InterruptedException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } finally {
            interrupted.countDown();
        }
        throw new AssertionError();
    }

    @Test
    void linesAreAnsweredByLinesUntilTheInputEnds() throws Exception {
        Host host = new Host(router);

        assertThat(host.begin()).contains("\"protocolVersion\":\"2025-06-18\"");
        for (String params : List.of("", ",\"params\":[]", ",\"params\":{}", ",\"params\":{\"name\":7}")) {
            String call = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\"" + params + "}";
            assertThat(host.exchange(call)).contains("\"id\":3", "\"code\":-32602");
        }
        assertThat(host.exchange(STATUS)).contains("\"structuredContent\":{\"a\":1,\"network_ready\":false}");
        host.send(" ");
        assertThat(host.exchange("nonsense")).contains("\"id\":null", "\"code\":-32700");
        assertThat(host.exchange(STATUS)).contains("\"a\":1");
        host.toServer.close();
        host.serving.join();
    }

    @Test
    void aCancelledCallEndsWithoutAnswer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Host host = new Host(Router.builder()
                .get("/status", _ -> endless(begun, interrupted))
                .get("/agents", _ -> ApiResult.json(Json.object()))
                .build());
        host.begin();
        host.send(STATUS);
        begun.await();
        for (String id : List.of("3", "null", "{}", "\"2\"")) {
            host.send(cancellation(id));
        }
        assertThat(host.exchange(call(3, "a2al_agents_list"))).contains("\"id\":3");
        assertThat(interrupted.getCount()).isOne();

        host.send(cancellation("2"));
        interrupted.await();
        host.send(cancellation("2"));
        assertThat(host.exchange(call(4, "a2al_agents_list")))
                .as("the next line is no answer to the cancelled call")
                .contains("\"id\":4");
        host.toServer.close();
        host.serving.join();
        assertThat(host.answers.ready()).isFalse();
    }

    @Test
    void afterTheInputCallsThatReadAreWaitedForAWhileAndChangesAreCarriedOut() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        Host host = new Host(
                Router.builder()
                        .get("/status", _ -> endless(begun, interrupted))
                        .post("/agents/{aid}/publish", _ -> {
                            begun.countDown();
                            interrupted.await();
                            done.add("publish");
                            return ApiResult.json(Json.object());
                        })
                        .delete("/agents/{aid}", _ -> {
                            done.add("delete");
                            return ApiResult.json(Json.object());
                        })
                        .build(),
                Duration.ZERO);
        host.begin();
        host.send(STATUS);
        host.send(call(3, "a2al_agent_publish"));
        host.send(call(4, "a2al_agent_delete"));
        begun.await();
        host.toServer.close();

        host.serving.join();
        assertThat(done).containsExactly("publish", "delete");
    }

    @Test
    void aCallUnderWayIsAnsweredAfterTheInputHasEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Host host = new Host(Router.builder()
                .get("/status", _ -> {
                    begun.countDown();
                    goOn.await();
                    return ApiResult.json(Json.object().put("a", 1));
                })
                .build());
        host.begin();
        host.send(STATUS);
        begun.await();
        host.toServer.close();
        goOn.countDown();

        assertThat(host.answers.readLine()).contains("\"a\":1");
        host.serving.join();
    }

    @Test
    void anInterruptionEndsAllCalls() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Host host = new Host(Router.builder()
                .get("/status", _ -> endless(begun, interrupted))
                .post("/agents/{aid}/publish", _ -> endless(begun, interrupted))
                .build());
        host.begin();
        host.send(STATUS);
        host.send(call(3, "a2al_agent_publish"));
        begun.await();
        host.server.interrupt();

        interrupted.await();
        assertThat(host.serving)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);
        host.toServer.close();
    }

    @Test
    void theClientOfTheSdkTalksToAProgram() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        StdioClientTransport transport = new StdioClientTransport(
                ServerParameters.builder(java.toString())
                        .args("-cp", System.getProperty("java.class.path"), StdioProgram.class.getName())
                        .build(),
                new SdkJson());
        try (McpSyncClient client = McpServing.client(transport)) {
            assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
            assertThat(client.listTools().tools()).hasSameSizeAs(ToolTable.all());
            assertThat(client.callTool(CallToolRequest.builder("a2al_status")
                                    .arguments(Map.of())
                                    .build())
                            .structuredContent())
                    .isEqualTo(Map.of("seq", Long.MAX_VALUE, "network_ready", false));
        }
    }
}
