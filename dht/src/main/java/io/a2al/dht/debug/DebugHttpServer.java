package io.a2al.dht.debug;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Serves the debug pages of a node over HTTP until it is closed; see {@link DebugHttpHandler} for the pages. There is
 * no password, so the address should be a loopback one. Closing this does not close the node, nor the other way round.
 * Thread-safe.
 */
public final class DebugHttpServer implements AutoCloseable {

    /** Default port of the network's nodes (node.md section 16). */
    public static final int DEFAULT_PORT = 2634;

    /** Requests answered at a time; further ones wait. */
    private static final int MAX_ANSWERING = 16;

    private static final Duration HEADER_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final HttpServer server;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Semaphore answering = new Semaphore(MAX_ANSWERING, true);
    private boolean closed;

    private DebugHttpServer(DhtNode node, InetSocketAddress listen, Duration headerLimit, Duration answerLimit)
            throws IOException {
        server = bind(listen);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("a2al-debug-timer").daemon().factory());
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("a2al-debug-", 0).factory());
        TimeLimits limits = new TimeLimits(timer, headerLimit, answerLimit);
        server.setExecutor(limits.limiting(threads));
        server.createContext("/", limits.noticing(counted(new DebugHttpHandler(node, HostRule.of(listen)))));
    }

    private static HttpServer bind(InetSocketAddress listen) throws IOException {
        try {
            return HttpServer.create(Endpoints.requireResolved(listen), 0);
        } catch (SocketException e) {
            throw Endpoints.cannotListen(listen, e);
        }
    }

    private HttpHandler counted(HttpHandler handler) {
        return exchange -> {
            try {
                answering.acquire();
            } catch (InterruptedException tooLong) {
                exchange.close();
                return;
            }
            try {
                handler.handle(exchange);
            } finally {
                answering.release();
            }
        };
    }

    /** Returns 127.0.0.1 and the default port; a second node on the machine needs another port. */
    public static InetSocketAddress customaryAddress() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT);
    }

    /**
     * Begins to serve at an address, to every host that can reach it. Port 0 stands for any free port. If this fails,
     * nothing stays open.
     *
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     * @throws IllegalArgumentException if the host is not resolved
     */
    public static DebugHttpServer start(DhtNode node, InetSocketAddress listen) throws IOException {
        return start(node, listen, HEADER_LIMIT, ANSWER_LIMIT);
    }

    /** The same with other time limits: for the header to arrive, and from then on for the answer to be taken. */
    static DebugHttpServer start(DhtNode node, InetSocketAddress listen, Duration headerLimit, Duration answerLimit)
            throws IOException {
        DebugHttpServer started = new DebugHttpServer(node, listen, headerLimit, answerLimit);
        started.server.start();
        return started;
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops; waits up to 3 s for answers that have begun. Can be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            boolean _ = answering.tryAcquire(MAX_ANSWERING, STOP_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
