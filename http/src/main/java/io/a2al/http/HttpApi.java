package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.IpText;
import io.a2al.http.access.AccessHandler;
import io.a2al.http.access.AccessToken;
import io.a2al.http.server.ApiServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Serves the HTTP interface of a node until it is closed. Requests carry the token of the {@linkplain
 * HttpSettings#tokenFile() token file}. Closing this does not close the node, nor the other way round. Thread-safe.
 */
public final class HttpApi implements AutoCloseable {

    private final ApiServer server;
    private final InetSocketAddress address;

    private HttpApi(ApiServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Begins to serve. If this fails, nothing stays open.
     *
     * @throws IOException if the address cannot be bound, or the token file not be used; the message names the remedy
     * @throws IllegalArgumentException if the host is not resolved
     */
    public static HttpApi start(DhtNode node, HttpSettings settings) throws IOException {
        Objects.requireNonNull(node, "node");
        InetSocketAddress listen = Endpoints.requireResolved(settings.listen());
        AccessToken token = AccessToken.at(settings.tokenFile());
        ApiServer server = ApiServer.start(
                listen, settings.limits(), new AccessHandler(hostOf(listen), token, new LivenessHandler()));
        return new HttpApi(server, server.address(listen));
    }

    /** Returns the host as a request names it: IPv6 addresses in their short form. */
    private static String hostOf(InetSocketAddress listen) {
        return Endpoints.isNamed(listen)
                ? listen.getHostString()
                : IpText.of(listen.getAddress().getAddress());
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops; waits up to 3 s for answers that have begun. Can be called twice. */
    @Override
    public void close() {
        server.close();
    }
}
