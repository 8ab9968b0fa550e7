package io.a2al.app.cli;

import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.Transport;
import io.a2al.dht.transport.UdpTransport;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/** Opens nodes for commands and turns failures into messages. */
public final class Nodes {

    /** Any free port, for commands that ask and leave. */
    public static final String ANY_PORT = "0.0.0.0:0";

    private Nodes() {}

    /** Reads {@code HOST:PORT}, or {@code HOST} with the customary port. */
    public static InetSocketAddress parseAddress(String text) throws CommandException {
        try {
            return Endpoints.parse(text, DhtNode.DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    /** Returns a new identity for one run. */
    public static Identity freshIdentity() {
        return Identity.generate(new SecureRandom());
    }

    /** Starts a node that belongs to the network. */
    public static DhtNode start(Identity identity, InetSocketAddress listen, int threads) throws CommandException {
        return start(DhtNode.builder().identity(identity).transport(open(listen, threads)));
    }

    /** Starts the node that {@code builder} describes, with a thread for each processor. */
    public static DhtNode start(DhtNodeBuilder builder, InetSocketAddress listen) throws CommandException {
        int threads = Runtime.getRuntime().availableProcessors();
        return start(builder.transport(open(listen, threads)));
    }

    /** Starts a node in client mode, for a command that asks the network and leaves. */
    public static DhtNode startClient(Identity identity, InetSocketAddress listen) throws CommandException {
        return start(
                DhtNode.builder().identity(identity).transport(open(listen, 1)).clientMode());
    }

    /** The same with an identity for one run, on any port. */
    public static DhtNode startClient() throws CommandException {
        return startClient(freshIdentity(), parseAddress(ANY_PORT));
    }

    private static DhtNode start(DhtNodeBuilder builder) throws CommandException {
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw CommandException.failed("cannot start a node: " + e.getMessage());
        }
    }

    private static Transport open(InetSocketAddress listen, int threads) throws CommandException {
        try {
            return UdpTransport.open(listen, threads);
        } catch (IOException e) {
            throw CommandException.failed(e.getMessage() + " with --listen HOST:PORT");
        }
    }

    /** Joins the network; fails if no seed answers. */
    public static void join(DhtNode node, List<InetSocketAddress> seeds) throws CommandException, InterruptedException {
        JoinResult joined = node.bootstrap(seeds);
        if (!joined.isConnected()) {
            throw CommandException.failed(noAnswer(seeds));
        }
    }

    public static String noAnswer(List<InetSocketAddress> asked) {
        String addresses = asked.stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .collect(Collectors.joining(", "));
        return "no answer from " + addresses + "; is a node running there?";
    }

    /**
     * Returns where a node listens. A socket for both IP versions shows all addresses of the machine by its IPv6 name.
     */
    public static String listenAddress(DhtNode node, InetSocketAddress asked) {
        Endpoint local = node.localEndpoint();
        return local.scope() == Endpoint.Scope.UNSPECIFIED
                ? Endpoints.of(asked).withPort(local.port()).toString()
                : local.toString();
    }
}
