package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Environment;
import io.a2al.app.cli.Nodes;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.debug.DebugHttpServer;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a node that keeps running: how it serves peers and which pages it shows. */
final class ServingOptions {

    @Option(
            names = "--private-network",
            description =
                    "For a network of private addresses (10/8, 192.168/16, fc00::/7 and so on): rates and limits per"
                            + " subnet do not apply to them.")
    private boolean privateNetwork;

    @Option(
            names = "--echo-probe",
            description =
                    "Return datagrams that begin with the bytes 00 EC to their source, a few per second, for tools"
                            + " that test whether UDP gets through. Default: off.")
    private boolean echoProbe;

    @Option(
            names = "--roam",
            paramLabel = "RATE",
            description = "Walk the network with this many requests a second, 1 to " + RoutingSettings.MAX_ROAMING
                    + ", so that the node soon knows all of it and resolves faster. For nodes that resolve much."
                    + " Default: off.")
    private Optional<Integer> roam = Optional.empty();

    @Option(
            names = "--debug-http",
            paramLabel = "HOST:PORT",
            description =
                    "Show the node's state as JSON at http://HOST:PORT/debug/node and further pages, to every program"
                            + " that can reach that address; 127.0.0.1:" + DebugHttpServer.DEFAULT_PORT
                            + " is customary. Default: off.")
    private Optional<String> debugHttp = Optional.empty();

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            description =
                    "Serve the HTTP interface there, to programs on this machine, and to others that have the token in"
                            + " the file api.token of the data directory; 'none' for no such interface. Default:"
                            + " $A2AL_API_ADDR, or else 127.0.0.1:2121 or the next port that is free.")
    private Optional<String> api = Optional.empty();

    @Option(
            names = "--api-token-always",
            description = "Demand the token of the HTTP interface from programs on this machine, too: where other users"
                    + " of it are not to use the node. Default: off.")
    private boolean apiTokenAlways;

    /** Returns where the HTTP interface is to be served. */
    ApiAddress apiAddress() throws CommandException {
        return ApiAddress.of(api, Environment.variables());
    }

    /** Returns true if programs on this machine need the token, too. */
    boolean isTokenAlways() {
        return apiTokenAlways;
    }

    /** Applies the options to a builder. */
    DhtNodeBuilder configure(DhtNodeBuilder builder) throws CommandException {
        try {
            roam.ifPresent(builder::roam);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
        DhtNodeBuilder configured = privateNetwork ? builder.privateNetwork() : builder;
        return echoProbe ? configured.echoProbe() : configured;
    }

    /** The address of the debug pages; empty if there are none. */
    Optional<InetSocketAddress> debugAddress() throws CommandException {
        return debugHttp.isEmpty()
                ? Optional.empty()
                : Optional.of(Nodes.parseAddress(debugHttp.get(), DebugHttpServer.DEFAULT_PORT));
    }
}
