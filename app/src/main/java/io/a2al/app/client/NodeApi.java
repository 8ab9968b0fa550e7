package io.a2al.app.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Requests to the HTTP interface of a node. Made of the JDK's older client: the newer one takes a third of a second of
 * processor time to load, which is more than a command may take. Thread-safe.
 */
public final class NodeApi {

    /** Longest time to wait for a connection, which is one within the machine. */
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    /** Longest time to wait for an answer: as long as other clients of the interface do. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Longest answer to read, in bytes: a thousand peers or records take a fraction of it. */
    private static final int MAX_ANSWER = 16 << 20;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int NO_ANSWER = 504;

    static {
        // A request to publish that the node has perhaps carried out is not to be made a second time.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final RunningNode node;
    private final Duration patience;

    NodeApi(RunningNode node, Duration patience) {
        this.node = node;
        this.patience = patience;
    }

    /**
     * What the node answered.
     *
     * @param status the status of HTTP
     * @param body the JSON object; of a failure, with the member {@code error}
     */
    public record Answer(int status, ObjectNode body) {

        /** Returns whether it is no failure. */
        public boolean isGood() {
            return status / 100 == 2;
        }

        /** Returns whether there is no such thing as was asked for. */
        public boolean isNotFound() {
            return status == NOT_FOUND;
        }

        /** Returns whether the node, or the peer that it asked, has no answer now. */
        public boolean isNoNetwork() {
            return status == BAD_GATEWAY || status == UNAVAILABLE || status == NO_ANSWER || status == TIMEOUT;
        }

        /** Returns what the node says about the failure. */
        public String error() {
            String error = body.path("error").asText();
            return error.isEmpty() ? "the node answered with status " + status : error;
        }

        /** Returns the body, or fails as the status says. */
        public ObjectNode require() throws CommandException {
            if (isGood()) {
                return body;
            }
            if (isNotFound()) {
                throw CommandException.notFound(error());
            }
            if (isNoNetwork()) {
                throw CommandException.noNetwork(error());
            }
            if (status == UNAUTHORIZED || status == FORBIDDEN) {
                throw CommandException.failed(error() + "; the token is in the file api.token of the node's data"
                        + " directory; name that with --data, or set A2AL_TOKEN");
            }
            boolean isWrongUse = status < 500 && status != CONFLICT && status != TOO_MANY;
            throw isWrongUse ? CommandException.wrongUse(error()) : CommandException.failed(error());
        }
    }

    /** Returns whether what is sent to the node does not leave this machine. */
    public boolean isOnThisMachine() {
        String host = String.valueOf(URI.create(node.url()).getHost()).replaceAll("[\\[\\]]", "");
        try {
            return host.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** Asks for a path, which begins with a slash. */
    public Answer get(String path) throws CommandException, NotRunningException {
        return ask("GET", path, Optional.empty());
    }

    /** Sends an object to a path. */
    public Answer post(String path, ObjectNode body) throws CommandException, NotRunningException {
        return ask("POST", path, Optional.of(body));
    }

    /** Has what is at a path deleted. */
    public Answer delete(String path) throws CommandException, NotRunningException {
        return ask("DELETE", path, Optional.empty());
    }

    private Answer ask(String method, String path, Optional<ObjectNode> body)
            throws CommandException, NotRunningException {
        try {
            HttpURLConnection connection = open(path, "application/json", Math.toIntExact(patience.toMillis()));
            connection.setRequestMethod(method);
            if (!method.equals("GET")) {
                connection.setRequestProperty("Content-Type", "application/json");
            }
            if (body.isPresent()) {
                byte[] bytes = body.get().toString().getBytes(StandardCharsets.UTF_8);
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(bytes.length);
                connection.getOutputStream().write(bytes);
            }
            return answer(connection);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Begins to follow events; the stream is to be closed.
     *
     * @param accepted the type that the answer must have
     * @param quietMillis longest time without a byte; 0 for any
     */
    public EventStream follow(String path, String accepted, int quietMillis)
            throws CommandException, NotRunningException {
        try {
            HttpURLConnection connection = open(path, accepted, quietMillis);
            if (connection.getResponseCode() / 100 != 2) {
                answer(connection).require();
            }
            return new EventStream(connection.getInputStream());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private HttpURLConnection open(String path, String accepted, int readMillis) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(node.url() + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
        connection.setReadTimeout(readMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", accepted);
        node.token().ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        // There is no stream of failures if the answer has no body.
        try (InputStream stream = Optional.ofNullable(connection.getErrorStream())
                .orElse(status / 100 == 2 ? connection.getInputStream() : InputStream.nullInputStream())) {
            byte[] bytes = stream.readNBytes(MAX_ANSWER);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return new Answer(status, status / 100 == 2 ? JsonTree.object(text) : failureBody(text));
        }
    }

    /** Failures are text in some paths, and JSON in others. */
    private static ObjectNode failureBody(String text) {
        try {
            return JsonTree.object(text);
        } catch (IOException noJson) {
            return Json.object().put("error", text.strip());
        }
    }

    private CommandException failure(IOException e) throws NotRunningException {
        return switch (e) {
            case ConnectException refused when node.isFromFile() -> throw new NotRunningException(node.url());
            case SocketTimeoutException _ ->
                CommandException.noNetwork("no answer from the node at " + node.url() + " within "
                        + Math.max(1, patience.toSeconds()) + " s");
            default ->
                CommandException.noNetwork(
                        "no answer from the node at " + node.url() + ": " + e.getMessage() + "; is it running?");
        };
    }
}
