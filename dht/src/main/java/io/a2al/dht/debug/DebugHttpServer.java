package io.a2al.dht.debug;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.a2al.dht.DhtNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Serves the debug pages of a node by HTTP, for as long as it is open; see {@link DebugHttpHandler} for what is
 * answered. There is no password, so that the address should be a loopback one. Does not close the node, nor end with
 * it. Thread-safe.
 */
public final class DebugHttpServer implements AutoCloseable {

    /** Customary port (node.md section 16). */
    public static final int DEFAULT_PORT = 2634;

    /** Requests answered at a time; more of them wait. */
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
        server = HttpServer.create(listen, 0);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("a2al-debug-timer").daemon().factory());
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("a2al-debug-", 0).factory());
        TimeLimits limits = new TimeLimits(timer, headerLimit, answerLimit);
        server.setExecutor(limits.limiting(threads));
        server.createContext("/", limits.noticing(counted(new DebugHttpHandler(node, listen.getHostString()))));
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

    /** 127.0.0.1 and the customary port; a second node on the machine needs another. */
    public static InetSocketAddress customaryAddress() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT);
    }

    /**
     * Serves at an address, where everybody who can reach it can read it; port 0 for any free one.
     *
     * @throws IOException if the address cannot be bound, for example because the port is taken
     */
    public static DebugHttpServer start(DhtNode node, InetSocketAddress listen) throws IOException {
        return start(node, listen, HEADER_LIMIT, ANSWER_LIMIT);
    }

    /** With other limits of time: until a header has come, and from then on until the answer has been taken. */
    static DebugHttpServer start(DhtNode node, InetSocketAddress listen, Duration headerLimit, Duration answerLimit)
            throws IOException {
        DebugHttpServer started = new DebugHttpServer(node, listen, headerLimit, answerLimit);
        started.server.start();
        return started;
    }

    /** The address that is listened on. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops; waits up to 3 s for answers under way. Can be called twice. */
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
