package io.a2al.app.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.http.McpStdio;
import io.a2al.http.limits.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

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
    private final Duration lastAnswers;
    private final Semaphore room = new Semaphore(MAX_CALLS);

    /** What the host has no answer to yet. */
    private final List<Call> open = new CopyOnWriteArrayList<>();

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("a2al-mcp-", 0).factory();

    /**
     * A relay that has carried nothing.
     *
     * @param lastAnswers how long calls that only read may take once {@code in} has ended
     */
    Relay(NodeSession session, InputStream in, OutputStream out, Duration lastAnswers) {
        this.session = session;
        this.in = new LineReader(in);
        this.out = out;
        this.lastAnswers = lastAnswers;
    }

    /**
     * Carries until the host's stream ends, and what was asked before is answered, or its time has ended.
     *
     * @throws IOException if the host's streams fail
     */
    void run() throws IOException, InterruptedException {
        try (ExecutorService calls = Executors.newThreadPerTaskExecutor(THREADS);
                ExecutorService changes = Executors.newSingleThreadExecutor(THREADS)) {
            for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
                carry(line.get(), calls, changes);
            }
            calls.shutdown();
            var _ = calls.awaitTermination(lastAnswers.toNanos(), TimeUnit.NANOSECONDS);
            calls.shutdownNow();
        }
        // What the node does not know to have ended, it ends with the session.
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
        } else if (message.path("method").asText().equals("notifications/cancelled")) {
            cancel(line, message.at("/params/requestId"), calls);
        } else if (id.isMissingNode() && message.isObject()) {
            notify(line);
        } else {
            room.acquire();
            Call call = new Call(line, id);
            open.add(call);
            (isChange(message) ? changes : calls).execute(() -> {
                try {
                    call.run();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                } finally {
                    open.remove(call);
                    room.release();
                }
            });
        }
    }

    /** A batch is carried out in its order by the node; of several, as of other messages, none waits for another. */
    private static boolean isChange(JsonNode message) {
        return McpStdio.isChange(message.path("params").path("name").asText());
    }

    /** Cancels a call. The node is told once it knows of the call; not at all if it never will. */
    private void cancel(String line, JsonNode id, ExecutorService calls) {
        Optional<Call> cancelled =
                open.stream().filter(call -> call.id.equals(id)).findFirst();
        if (cancelled.isPresent() && !cancelled.get().cancel()) {
            return;
        }
        calls.execute(() -> {
            try {
                if (cancelled.isPresent()) {
                    cancelled.get().taken.await();
                }
                notify(line);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Passes on a message that has no answer. */
    private void notify(String line) throws InterruptedException {
        answer(MissingNode.getInstance(), () -> session.ask(new Call(line, MissingNode.getInstance())));
    }

    /** A message of the host on its way. */
    private final class Call implements NodeSession.Question {

        private final String line;
        private final JsonNode id;

        /** Whether the node has the message, or never gets it. */
        private final CountDownLatch taken = new CountDownLatch(1);

        private boolean begun;
        private boolean cancelled;

        Call(String line, JsonNode id) {
            this.line = line;
            this.id = id;
        }

        /** Asks the node, unless the call was cancelled before. */
        void run() throws InterruptedException {
            try {
                if (begin()) {
                    session.ask(this);
                }
            } catch (NodeSession.NotTakenException e) {
                if (!isCancelled()) {
                    fail(id, INTERNAL_ERROR, String.valueOf(e.getMessage()));
                }
            } finally {
                taken.countDown();
            }
        }

        private synchronized boolean begin() {
            begun = !cancelled;
            return begun;
        }

        /** Drops the answer; returns whether the node may have been asked. */
        synchronized boolean cancel() {
            cancelled = true;
            return begun;
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        @Override
        public String message() {
            return line;
        }

        @Override
        public void onTaken() {
            taken.countDown();
        }

        @Override
        public void onAnswer(String answer) {
            if (!isCancelled()) {
                write(answer);
            }
        }
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
