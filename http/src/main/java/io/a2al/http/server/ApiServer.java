package io.a2al.http.server;

import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A web server within {@link HttpLimits}, with a handler behind it. Thread-safe. */
public final class ApiServer implements AutoCloseable {

    /** Threads for acceptor, selector and what they start; each request has a virtual thread of its own. */
    private static final int THREADS = 8;

    /** Length of the system's queue of connections that are not accepted yet. */
    private static final int BACKLOG = 128;

    private static final int ANY_LENGTH = -1;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final Server server;
    private final ServerConnector connector;

    private ApiServer(InetSocketAddress listen, HttpLimits limits, Handler handler) {
        server = new Server(threads());
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
        connector.setHost(listen.getAddress().getHostAddress());
        connector.setPort(listen.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(limits.idle().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        HeaderDeadline deadline = new HeaderDeadline(
                connector.getScheduler(), limits.header(), new SizeLimitHandler(limits.bodyBytes(), ANY_LENGTH) {
                    {
                        setHandler(handler);
                    }
                });
        connector.addBean(deadline);
        server.setHandler(deadline);
        server.setErrorHandler(new JsonErrors());
        server.setStopTimeout(STOP_LIMIT.toMillis());
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("a2al-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("a2al-http-", 0).factory()));
        return threads;
    }

    private static HttpConfiguration configuration(HttpLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headerBytes());
        http.setSendServerVersion(false);
        return http;
    }

    /**
     * Begins to serve.
     *
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     */
    public static ApiServer start(InetSocketAddress listen, HttpLimits limits, Handler handler) throws IOException {
        ApiServer made = new ApiServer(Endpoints.requireResolved(listen), limits, handler);
        try {
            made.connector.open();
        } catch (IOException e) {
            throw Endpoints.cannotListen(listen, e);
        }
        try {
            made.server.start();
        } catch (Exception e) {
            made.close();
            throw new IOException("HTTP server did not start: " + e.getMessage(), e);
        }
        return made;
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address(InetSocketAddress asked) {
        return new InetSocketAddress(asked.getAddress(), connector.getLocalPort());
    }

    /** Stops; waits up to 3 s for answers that have begun. Can be called twice. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("HTTP server did not stop: " + e.getMessage(), e);
        }
    }
}
