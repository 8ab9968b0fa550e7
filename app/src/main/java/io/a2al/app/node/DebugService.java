package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.DebugHttpServer;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The debug pages of a running node, if requested. */
final class DebugService implements AutoCloseable {

    private final Optional<DebugHttpServer> server;

    private DebugService(Optional<DebugHttpServer> server) {
        this.server = server;
    }

    static DebugService start(DhtNode node, Optional<InetSocketAddress> listen) throws CommandException {
        if (listen.isEmpty()) {
            return new DebugService(Optional.empty());
        }
        try {
            return new DebugService(
                    Optional.of(Nodes.atFirst(listen.get(), address -> DebugHttpServer.start(node, address))));
        } catch (IOException e) {
            throw CommandException.failed("no debug pages: " + e.getMessage() + " with --debug-http HOST:PORT");
        }
    }

    /** The URL of the page with everything, as it can be asked for on this machine. */
    Optional<String> url() {
        return server.map(running -> {
            Endpoint bound = Endpoints.of(running.address());
            boolean everywhere = bound.scope() == Endpoint.Scope.UNSPECIFIED;
            return "http://" + (everywhere ? "127.0.0.1:" + bound.port() : Endpoints.text(bound)) + "/debug/node";
        });
    }

    /** A warning if programs on other machines may be able to read the pages, as there is no password. */
    Optional<String> warning() {
        return server.map(running -> Endpoints.of(running.address()))
                .filter(bound -> bound.scope() != Endpoint.Scope.LOOPBACK)
                .map(bound -> "warning: the debug pages have no password, and every host that can reach "
                        + Endpoints.text(bound) + " can read them; use --debug-http 127.0.0.1:" + bound.port()
                        + ", and a tunnel from elsewhere");
    }

    @Override
    public void close() {
        server.ifPresent(DebugHttpServer::close);
    }
}
