package io.a2al.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An HTTP interface that answers as a test wants it to. */
public final class StubNode implements AutoCloseable {

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public StubNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            heard.add(body.isEmpty() ? request : request + " " + body);
            Answer answer = answers.getOrDefault(request, new Answer(404, "{\"error\":\"not found\"}"));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Has a request, such as {@code GET /v1/status}, answered like this. */
    public StubNode answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    /** Returns the requests that came, with their bodies. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Runs a command beside it. */
    public Cli.Result run(String... args) {
        return Cli.runIn(environment(), args);
    }

    /** Returns the environment in which commands find it. */
    public Map<String, String> environment() {
        return Map.of("A2AL_API", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The same with {@code --json}. */
    public Cli.Result runJson(String... args) {
        return run(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
