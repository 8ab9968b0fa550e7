package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's transport over two streams. */
@Timeout(60)
class StdioServerTest {

    private final Router router = Router.builder()
            .get("/status", _ -> ApiResult.json(Json.object().put("a", 1)))
            .build();

    @Test
    void linesAreAnsweredByLinesUntilTheInputEnds() throws Exception {
        PipedOutputStream toServer = new PipedOutputStream();
        PipedInputStream fromServer = new PipedInputStream();
        PipedInputStream in = new PipedInputStream(toServer);
        PipedOutputStream out = new PipedOutputStream(fromServer);
        CompletableFuture<Void> serving = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                StdioServer.serve(router, () -> false, "1.2.3", in, out);
                serving.complete(null);
            } catch (InterruptedException e) {
                serving.completeExceptionally(e);
            }
        });
        BufferedReader answers = new BufferedReader(new InputStreamReader(fromServer, StandardCharsets.UTF_8));

        assertThat(exchange(McpServing.INITIALIZE.replace("2025-06-18", "2099-01-01"), toServer, answers))
                .contains("\"protocolVersion\":\"2025-06-18\"");
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", toServer);
        assertThat(exchange(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"a2al_status\"}}",
                        toServer,
                        answers))
                .contains("\"structuredContent\":{\"a\":1,\"network_ready\":false}");
        toServer.close();
        serving.join();
    }

    private static void send(String line, PipedOutputStream to) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    private static String exchange(String line, PipedOutputStream to, BufferedReader from) throws IOException {
        send(line, to);
        return from.readLine();
    }
}
