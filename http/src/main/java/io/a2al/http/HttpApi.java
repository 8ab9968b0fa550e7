package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.HostRule;
import io.a2al.http.access.AccessHandler;
import io.a2al.http.access.AccessToken;
import io.a2al.http.mcp.McpHandler;
import io.a2al.http.mcp.McpLimits;
import io.a2al.http.mcp.McpHandler.McpSettings;
import io.a2al.http.node.NetworkReady;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.Router;
import io.a2al.http.server.ApiHandler;
import io.a2al.http.server.ApiServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Objects;

/**
 * Serves the HTTP interface of a node until it is closed. Requests from elsewhere carry the token of the
 * {@linkplain HttpSettings#tokenFile() token file}. Closing this does not close the node, nor the other way round.
 * Thread-safe.
 */
public final class HttpApi implements AutoCloseable {

    private final NodeApi api;
    private final McpHandler mcp;
    private final ApiServer server;
    private final InetSocketAddress address;

    private HttpApi(NodeApi api, McpHandler mcp, ApiServer server, InetSocketAddress address) {
        this.api = api;
        this.mcp = mcp;
        this.server = server;
        this.address = address;
    }

    /**
     * Binds an address and begins to serve there. If this fails, nothing stays open.
     *
     * @param listen where; port 0 stands for any free port
     * @throws IOException if the address cannot be bound, or a file not be used; the message names the remedy
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
     * @throws IOException if the token file or that of agents cannot be used; the message names the remedy
     */
    public static HttpApi start(DhtNode node, ServerSocketChannel socket, HostRule hosts, HttpSettings settings)
            throws IOException {
        Objects.requireNonNull(node, "node");
        AccessToken token;
        InetSocketAddress address;
        NodeApi api;
        try {
            address = (InetSocketAddress) socket.getLocalAddress();
            token = AccessToken.at(settings.tokenFile());
            api = new NodeApi(node, settings, address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        McpHandler mcp = new McpHandler(
                new McpSettings(
                        api.router(), new NetworkReady(node, System::nanoTime), settings.version(), McpLimits.DEFAULT),
                settings.limits(),
                System::nanoTime,
                new ApiHandler(api.router(), settings.limits()));
        AccessHandler access = new AccessHandler(hosts, token, settings.tokenAlways(), mcp);
        try {
            return new HttpApi(api, mcp, ApiServer.start(socket, settings.limits(), access), address);
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns the agents that the node keeps for other programs. */
    public AgentRegistry agents() {
        return api.agents();
    }

    /** Returns what answers the requests. */
    Router router() {
        return api.router();
    }

    /** Stops; waits up to 3 s for answers that have begun, and ends streams. Can be called twice. */
    @Override
    public void close() {
        mcp.endSessions();
        api.endStreams();
        server.close();
        api.close();
    }
}
