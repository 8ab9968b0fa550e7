package io.a2al.http.mcp;

import io.a2al.http.ApiSocket;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.mcp.McpHandler.McpSettings;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.http.server.ApiHandler;
import io.a2al.http.server.ApiServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A server of the protocol over HTTP, with a clock and actions of the test, and clients for it. */
final class McpServing implements AutoCloseable {

    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
            "clientInfo":{"name":"test","version":"1"}}}""";

    final AtomicLong nanos = new AtomicLong();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final HttpClient http = HttpClient.newHttpClient();
    private final McpHandler handler;
    private final ApiServer server;
    private final URI uri;

    McpServing(Router.Builder routes, McpLimits limits) throws IOException {
        Router router = routes.build();
        handler = new McpHandler(
                new McpSettings(router, ready::get, "1.2.3", limits),
                HttpLimits.DEFAULT,
                nanos::get,
                new ApiHandler(router, HttpLimits.DEFAULT));
        ServerSocketChannel socket = ApiSocket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        uri = URI.create("http://127.0.0.1:" + socket.socket().getLocalPort());
        server = ApiServer.start(socket, HttpLimits.DEFAULT, handler);
    }

    /** Actions that answer with what they were asked. */
    static Router.Builder echoing(String... paths) {
        Router.Builder routes = Router.builder();
        for (String path : paths) {
            String[] parts = path.split(" ", 2);
            Router.Action echo = request -> ApiResult.json(Json.object()
                    .put("path", request.path())
                    .put("query", request.query().toString())
                    .put("body", new String(request.body().toArray(), StandardCharsets.UTF_8)));
            switch (parts[0]) {
                case "GET" -> routes.get(parts[1], echo, "type");
                case "POST" -> routes.post(parts[1], echo);
                case "PATCH" -> routes.patch(parts[1], echo);
                default -> routes.delete(parts[1], echo);
            }
        }
        return routes;
    }

    McpSyncClient client() {
        return client(HttpClientStreamableHttpTransport.builder(uri.toString())
                .jsonMapper(new SdkJson())
                .build());
    }

    static McpSyncClient client(McpClientTransport transport) {
        return McpClient.sync(transport)
                .jsonSchemaValidator(new JsonSchemaValidator() {
                    @Override
                    public ValidationResponse validate(Map<String, Object> schema, Object content) {
                        return ValidationResponse.asValid("");
                    }
                })
                .clientInfo(Implementation.builder("test", "1").build())
                .requestTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** A request with what a host sends; further header fields replace it. */
    HttpRequest.Builder request(String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path))
                .setHeader("Accept", "application/json, text/event-stream")
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < fields.length; i += 2) {
            request.setHeader(fields[i], fields[i + 1]);
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body, String... fields) throws IOException, InterruptedException {
        return send(request("/mcp", fields).POST(BodyPublishers.ofString(body)));
    }

    /** Opens a session and returns its id. */
    String initialize() throws IOException, InterruptedException {
        return post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    /** The data of each event in an answer. */
    static List<String> data(HttpResponse<String> answer) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
        handler.endSessions();
        server.close();
    }
}
