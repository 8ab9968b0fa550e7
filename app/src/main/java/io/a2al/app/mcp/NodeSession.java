package io.a2al.app.mcp;

import io.a2al.app.client.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A session with {@code /mcp} of the running node. If the node was started again, or has ended the session, a new one
 * is begun as the host began the first, and the host is not told. Thread-safe.
 */
final class NodeSession {

    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final Supplier<Optional<RunningNode>> finder;
    private final HttpClient http;
    private String initialize = "";
    private State state = new State(Optional.empty(), Optional.empty());

    private record State(Optional<RunningNode> node, Optional<String> id) {}

    /** What a host asks. */
    interface Question {

        /** Returns the message. */
        String message();

        /** The node has taken the message, and answers it. */
        void onTaken();

        /** Takes an answer, on one line. */
        void onAnswer(String answer);
    }

    /** A message that the node did not take; the text says why. */
    static final class NotTakenException extends Exception {

        private static final long serialVersionUID = 1L;

        NotTakenException(String message) {
            super(message);
        }
    }

    /**
     * No session yet.
     *
     * @param finder tells which node runs now
     */
    NodeSession(Supplier<Optional<RunningNode>> finder, HttpClient http) {
        this.finder = finder;
        this.http = http;
    }

    /** Returns whether a node answers within two seconds; one that was killed leaves its files behind. */
    static boolean answers(RunningNode node, HttpClient http) throws InterruptedException {
        try {
            HttpRequest request = request(node, "/v1/livez").timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Returns a request to a path, with the token. */
    private static HttpRequest.Builder request(RunningNode node, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + path));
        node.token().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        return request;
    }

    /** Begins the session with a host's message. */
    void begin(String message, Consumer<String> answers) throws NotTakenException, InterruptedException {
        synchronized (this) {
            initialize = message;
            renew(state, answers);
        }
    }

    /**
     * Asks, and passes on all answers.
     *
     * @throws InterruptedException if the thread is interrupted; the node may have been asked
     */
    void ask(Question question) throws NotTakenException, InterruptedException {
        State used = current();
        try {
            HttpResponse<Stream<String>> answer = post(used, question.message());
            if (answer.statusCode() != 404 && answer.statusCode() != 401) {
                question.onTaken();
                deliver(answer, question::onAnswer);
                return;
            }
            answer.body().close();
        } catch (IOException | UncheckedIOException gone) {
            // The node may have been started again.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        try {
            HttpResponse<Stream<String>> answer = post(renewed(used), question.message());
            question.onTaken();
            deliver(answer, question::onAnswer);
        } catch (IOException | UncheckedIOException gone) {
            throw noNode();
        }
    }

    private synchronized State current() {
        return state;
    }

    /** Returns another session than one that was of no use; of several threads, the first begins it. */
    private synchronized State renewed(State useless) throws NotTakenException, InterruptedException {
        if (state.equals(useless)) {
            renew(useless, answer -> {});
        }
        return state;
    }

    private void renew(State former, Consumer<String> answers) throws NotTakenException, InterruptedException {
        Optional<RunningNode> node = finder.get();
        if (node.isEmpty()) {
            throw noNode();
        }
        if (initialize.isEmpty()) {
            state = new State(node, Optional.empty());
            return;
        }
        try {
            HttpResponse<Stream<String>> answer = post(new State(node, Optional.empty()), initialize);
            Optional<String> id = answer.headers().firstValue(SESSION_ID);
            deliver(answer, answers);
            state = new State(node, id);
            if (former.id().isPresent()) {
                post(state, INITIALIZED).body().close();
            }
        } catch (IOException | UncheckedIOException gone) {
            throw noNode();
        }
    }

    private static NotTakenException noNode() {
        return new NotTakenException("no node answers; start one with a2al node, or this program again");
    }

    private HttpResponse<Stream<String>> post(State to, String message) throws IOException, InterruptedException {
        RunningNode node = to.node().orElseThrow(() -> new IOException("no node"));
        HttpRequest.Builder request = request(node, "/mcp")
                .setHeader("Accept", "application/json, text/event-stream")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message));
        to.id().ifPresent(id -> request.setHeader(SESSION_ID, id));
        return http.send(request.build(), BodyHandlers.ofLines());
    }

    private static void deliver(HttpResponse<Stream<String>> answer, Consumer<String> answers)
            throws NotTakenException {
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() / 100 != 2) {
                throw new NotTakenException(
                        "the node answers " + answer.statusCode() + ": " + String.join(" ", lines.toList()));
            }
            lines.filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .filter(data -> !data.isEmpty())
                    .forEach(answers);
        }
    }

    /** Ends the session, if the node is there. */
    void end() throws InterruptedException {
        State last = current();
        if (last.node().isEmpty() || last.id().isEmpty()) {
            return;
        }
        try {
            HttpRequest request = request(last.node().get(), "/mcp")
                    .setHeader(SESSION_ID, last.id().get())
                    .DELETE()
                    .build();
            http.send(request, BodyHandlers.discarding());
        } catch (IOException gone) {
            // The session has ended with the node.
        }
    }
}
