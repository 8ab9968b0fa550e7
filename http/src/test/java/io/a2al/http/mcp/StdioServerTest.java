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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void linesAreAnsweredByLinesUntilTheInputEnds() throws Exception {
        Pipe input = Pipe.open();
        Pipe output = Pipe.open();
        OutputStream toServer = Channels.newOutputStream(input.sink());
        CompletableFuture<Void> serving = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                StdioServer.serve(
                        router,
                        () -> false,
                        "1.2.3",
                        Channels.newInputStream(input.source()),
                        Channels.newOutputStream(output.sink()));
                serving.complete(null);
            } catch (InterruptedException e) {
                serving.completeExceptionally(e);
            }
        });
        BufferedReader answers = new BufferedReader(Channels.newReader(output.source(), StandardCharsets.UTF_8));

        assertThat(exchange(McpServing.INITIALIZE.replace("2025-06-18", "2099-01-01"), toServer, answers))
                .contains("\"protocolVersion\":\"2025-06-18\"");
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", toServer);
        for (String params : List.of("", ",\"params\":[]", ",\"params\":{}", ",\"params\":{\"name\":7}")) {
            String call = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\"" + params + "}";
            assertThat(exchange(call, toServer, answers)).contains("\"id\":3", "\"code\":-32602");
        }
        assertThat(exchange(STATUS, toServer, answers))
                .contains("\"structuredContent\":{\"a\":1,\"network_ready\":false}");
        toServer.close();
        serving.join();
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

    private static void send(String line, OutputStream to) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    private static String exchange(String line, OutputStream to, BufferedReader from) throws IOException {
        send(line, to);
        return from.readLine();
    }
}
