package io.a2al.app.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.http.McpStdio;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * Carries messages between a host's two streams and the running node: one JSON message on each line. What the host
 * waits for is carried by a thread of its own, so that a call that takes long holds up no other. Only calls that change
 * something are carried one after the other, as the host sent them. Not thread-safe.
 */
final class Relay {

    /** Calls at a time; at the limit, the next line is read later. */
    private static final int MAX_CALLS = 16;

    /** Codes of JSON-RPC 2.0. */
    private static final int PARSE_ERROR = -32_700;

    private static final int INTERNAL_ERROR = -32_603;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final NodeSession session;
    private final LineReader in;
    private final OutputStream out;
    private final Semaphore room = new Semaphore(MAX_CALLS);

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("a2al-mcp-", 0).factory();

    Relay(NodeSession session, InputStream in, OutputStream out) {
        this.session = session;
        this.in = new LineReader(in);
        this.out = out;
    }

    /**
     * Carries until the host's stream ends; then waits for the answers that are still to come.
     *
     * @throws IOException if the host's streams fail
     */
    void run() throws IOException, InterruptedException {
        try (ExecutorService calls = Executors.newThreadPerTaskExecutor(THREADS);
                ExecutorService changes = Executors.newSingleThreadExecutor(THREADS)) {
            for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
                carry(line.get(), calls, changes);
            }
        }
        session.end();
    }

    private void carry(String line, ExecutorService calls, ExecutorService changes) throws InterruptedException {
        if (line.isBlank()) {
            return;
        }
        JsonNode message;
        try {
            message = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            fail(NullNode.getInstance(), PARSE_ERROR, "not one JSON message on a line of at most 1 MB");
            return;
        }
        JsonNode id = message.path("id");
        if (message.path("method").asText().equals("initialize")) {
            answer(id, () -> session.begin(line, this::write));
        } else if (id.isMissingNode() && message.isObject()) {
            answer(id, () -> session.send(line, this::write));
        } else {
            room.acquire();
            (isChange(message) ? changes : calls).execute(() -> {
                try {
                    answer(id, () -> session.send(line, this::write));
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                } finally {
                    room.release();
                }
            });
        }
    }

    /** A batch is carried out in its order by the node; of several, as of other messages, none waits for another. */
    private static boolean isChange(JsonNode message) {
        return McpStdio.isChange(message.path("params").path("name").asText());
    }

    /** Something that the node is asked. */
    private interface Exchange {
        void run() throws NodeSession.NotTakenException, InterruptedException;
    }

    private void answer(JsonNode id, Exchange exchange) throws InterruptedException {
        try {
            exchange.run();
        } catch (NodeSession.NotTakenException e) {
            // A notification has no answer, not even this one.
            if (!id.isMissingNode()) {
                fail(id, INTERNAL_ERROR, String.valueOf(e.getMessage()));
            }
        }
    }

    private void fail(JsonNode id, int code, String message) {
        ObjectNode answer = Json.object().put("jsonrpc", "2.0").set("id", id);
        answer.putObject("error").put("code", code).put("message", message);
        write(answer.toString());
    }

    private synchronized void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
