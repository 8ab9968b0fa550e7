package io.a2al.dht.debug;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.a2al.dht.DhtNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Answers GET and HEAD for {@code /debug/identity}, {@code /debug/routing}, {@code /debug/store} and {@code
 * /debug/stats} (node.md section 16), and {@code /debug/node} with all statistics of this node. An application mounts
 * it at {@code /} of its own server; {@link DebugHttpServer} is a server with nothing else. Another method is answered
 * with 405, another path with 404, and a request for another host, or from a web page of another site, with 403. One
 * list of the store is written at a time; a request for another one is answered with 503 and {@code Retry-After}. There
 * is no password: every host that can reach it can read it. Thread-safe.
 */
public final class DebugHttpHandler implements HttpHandler {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final int UNKNOWN_LENGTH = 0;
    private static final int NO_BODY = -1;

    /** Seconds after which a request that was answered with 503 may be repeated. */
    private static final String RETRY_AFTER = "1";

    private final DebugPages pages;
    private final HostRule hosts;

    /** Lists of the store that may be written at a time: each keeps a processor busy, and the node needs one, too. */
    private final Semaphore dumps = new Semaphore(1);

    /**
     * A handler for the pages of a node.
     *
     * @param boundHost the host that the server listens on, as the operator wrote it; requests for this host are
     *     answered, and those for {@code localhost}, loopback addresses, and the address that a connection came to
     */
    public DebugHttpHandler(DhtNode node, String boundHost) {
        this(node, new HostRule(Objects.requireNonNull(boundHost, "boundHost")));
    }

    DebugHttpHandler(DhtNode node, HostRule hosts) {
        this.pages = new DebugPages(node);
        this.hosts = hosts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<DebugPages.Page> page = pages.at(exchange.getRequestURI().getPath());
            if (!hosts.accepts(
                    values(exchange, "Host"), exchange.getLocalAddress().getAddress())) {
                refuse(exchange, 403, "host not allowed; use localhost, or the IP address that this server listens on");
            } else if (!SiteRule.accepts(
                    values(exchange, "Sec-Fetch-Site"), values(exchange, "Origin"), values(exchange, "Host"))) {
                refuse(
                        exchange,
                        403,
                        "request from a page of another site; type the address into the browser, or use curl");
            } else if (page.isEmpty()) {
                refuse(exchange, 404, "404 page not found");
            } else if (isHead(exchange)) {
                exchange.getResponseHeaders().set("Content-Type", JSON);
                exchange.sendResponseHeaders(200, NO_BODY);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                refuse(exchange, 405, "method not allowed");
            } else if (page.get().isDump()) {
                writeAlone(exchange, page.get());
            } else {
                write(exchange, page.get());
            }
        }
    }

    private static List<String> values(HttpExchange exchange, String field) {
        return exchange.getRequestHeaders().getOrDefault(field, List.of());
    }

    private void writeAlone(HttpExchange exchange, DebugPages.Page page) throws IOException {
        if (!dumps.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER);
            refuse(exchange, 503, "another request for this page is being answered; repeat this one later");
            return;
        }
        try {
            write(exchange, page);
        } finally {
            dumps.release();
        }
    }

    private static void write(HttpExchange exchange, DebugPages.Page page) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(200, UNKNOWN_LENGTH);
        page.writeTo(exchange.getResponseBody());
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] body = (reason + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        if (isHead(exchange)) {
            exchange.sendResponseHeaders(status, NO_BODY);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
