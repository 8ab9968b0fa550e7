package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.dht.DhtNode;
import io.a2al.dht.debug.DebugHttpServer;
import io.a2al.dht.transport.Endpoints;
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

    /** The base URL of the pages. */
    Optional<String> url() {
        return server.map(running -> "http://" + Endpoints.text(Endpoints.of(running.address())) + "/debug/");
    }

    @Override
    public void close() {
        server.ifPresent(DebugHttpServer::close);
    }
}
