package io.a2al.http.server;

import io.a2al.http.limits.HttpLimits;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A web server within {@link HttpLimits}, with a handler behind it. Thread-safe. */
public final class ApiServer implements AutoCloseable {

    /** Threads for acceptor, selector and what they start; each request has a virtual thread of its own. */
    private static final int THREADS = 8;

    /** How long a stop waits for a client that has its answers and keeps the connection, or that does not read. */
    private static final Duration STOP_IDLE = Duration.ofMillis(100);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final Server server;
    private final ServerConnector connector;

    private ApiServer(HttpLimits limits, Handler handler) {
        server = new Server(threads());
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
        connector.setIdleTimeout(limits.times().idle().toMillis());
        connector.setShutdownIdleTimeout(STOP_IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(OpenFiles.connections(limits.connections()), server));
        HttpLimits.Times times = limits.times();
        HeaderDeadline deadline = new HeaderDeadline(
                connector.getScheduler(),
                times.header(),
                new WriteDeadline(connector.getScheduler(), times.write(), handler));
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
        // A name with a slash, which clients write as %2F, is one part of a path.
        http.setUriCompliance(UriCompliance.DEFAULT.with("a2al", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        return http;
    }

    /**
     * Begins to serve. The socket belongs to the server from now on; if this fails, it is closed.
     *
     * @throws IOException if the server does not start
     */
    public static ApiServer start(ServerSocketChannel socket, HttpLimits limits, Handler handler) throws IOException {
        ApiServer made = new ApiServer(limits, handler);
        try {
            made.connector.open(socket);
            made.server.start();
        } catch (Exception e) {
            socket.close();
            made.close();
            throw new IOException("HTTP server did not start: " + e.getMessage(), e);
        }
        return made;
    }

    /** Stops; waits up to 3 s for answers that have begun. Can be called twice. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException cutOff) {
            // Everything is stopped, also the answers that took longer.
        } catch (Exception e) {
            throw new IllegalStateException("HTTP server did not stop: " + e.getMessage(), e);
        }
    }
}
