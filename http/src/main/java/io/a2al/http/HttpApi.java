package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.HostRule;
import io.a2al.http.access.AccessHandler;
import io.a2al.http.access.AccessToken;
import io.a2al.http.bytes.InspectResource;
import io.a2al.http.docs.DocsResource;
import io.a2al.http.events.EventResource;
import io.a2al.http.lookup.LookupResource;
import io.a2al.http.lookup.PingResource;
import io.a2al.http.lookup.TraceResource;
import io.a2al.http.mail.MailResource;
import io.a2al.http.node.DebugResource;
import io.a2al.http.node.MetricsResource;
import io.a2al.http.node.NodeResource;
import io.a2al.http.node.PeerResource;
import io.a2al.http.node.StoreResource;
import io.a2al.http.publish.PublicationResource;
import io.a2al.http.route.Router;
import io.a2al.http.server.ApiHandler;
import io.a2al.http.server.ApiServer;
import io.a2al.http.stream.StreamSlots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Instant;
import java.util.Objects;

/**
 * Serves the HTTP interface of a node until it is closed. Requests carry the token of the
 * {@linkplain HttpSettings#tokenFile() token file}. Closing this does not close the node, nor the other way round.
 * Thread-safe.
 */
public final class HttpApi implements AutoCloseable {

    private final ApiServer server;
    private final EventResource events;
    private final MetricsResource metrics;
    private final InetSocketAddress address;
    private final Router router;

    private HttpApi(
            ApiServer server, EventResource events, MetricsResource metrics, InetSocketAddress address, Router router) {
        this.server = server;
        this.events = events;
        this.metrics = metrics;
        this.address = address;
        this.router = router;
    }

    /**
     * Binds an address and begins to serve there. If this fails, nothing stays open.
     *
     * @param listen where; port 0 stands for any free port
     * @throws IOException if the address cannot be bound, or the token file not be used; the message names the remedy
     * @throws IllegalArgumentException if the host is not resolved
     */
    public static HttpApi start(DhtNode node, InetSocketAddress listen, HttpSettings settings) throws IOException {
        return start(node, ApiSocket.bind(listen), HostRule.of(listen), settings);
    }

    /**
     * Begins to serve at a socket that is bound, such as one of {@link ApiSocket}. It belongs to this from now on; if
     * this fails, it is closed.
     *
     * @param hosts which hosts requests may name
     * @throws IOException if the token file cannot be used; the message names the remedy
     */
    public static HttpApi start(DhtNode node, ServerSocketChannel socket, HostRule hosts, HttpSettings settings)
            throws IOException {
        Objects.requireNonNull(node, "node");
        AccessToken token;
        InetSocketAddress address;
        try {
            address = (InetSocketAddress) socket.getLocalAddress();
            token = AccessToken.at(settings.tokenFile());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        MetricsResource metrics = new MetricsResource(node, settings.version());
        StreamSlots slots = new StreamSlots(settings.limits().streams());
        EventResource events =
                new EventResource(node, slots, settings.limits().times(), System::currentTimeMillis, System::nanoTime);
        Router router = routes(node, settings, metrics, events, slots);
        ApiHandler handler = new ApiHandler(router, settings.limits());
        return new HttpApi(
                ApiServer.start(socket, settings.limits(), new AccessHandler(hosts, token, handler)),
                events,
                metrics,
                address,
                router);
    }

    private static Router routes(
            DhtNode node, HttpSettings settings, MetricsResource metrics, EventResource events, StreamSlots slots) {
        Router.Builder routes = Router.builder();
        new NodeResource(node, settings.version(), System::nanoTime).addTo(routes);
        new PeerResource(node).addTo(routes);
        new StoreResource(node).addTo(routes);
        new LookupResource(node).addTo(routes);
        new PingResource(node).addTo(routes);
        new PublicationResource(node).addTo(routes);
        new MailResource(node).addTo(routes);
        new DebugResource(node).addTo(routes);
        new TraceResource(node, slots).addTo(routes);
        new InspectResource(() -> Instant.now().getEpochSecond()).addTo(routes);
        events.addTo(routes);
        new DocsResource(settings.version()).addTo(routes);
        metrics.addTo(routes);
        return routes.build();
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns what answers the requests. */
    Router router() {
        return router;
    }

    /** Stops; waits up to 3 s for answers that have begun, and ends streams. Can be called twice. */
    @Override
    public void close() {
        events.close();
        server.close();
        metrics.close();
    }
}
