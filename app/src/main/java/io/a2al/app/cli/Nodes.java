package io.a2al.app.cli;

import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.HostResolver;
import io.a2al.dht.transport.Transport;
import io.a2al.dht.transport.UdpTransport;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Opens nodes for commands and turns failures into messages. */
public final class Nodes {

    /** Any free port, for commands that ask and leave. */
    public static final String ANY_PORT = "0.0.0.0:0";

    private Nodes() {}

    /** Reads {@code HOST:PORT}, or {@code HOST} with the customary port; a name stays unresolved. */
    public static InetSocketAddress parseAddress(String text) throws CommandException {
        return parseAddress(text, DhtNode.DEFAULT_PORT);
    }

    /** Like {@link #parseAddress(String)}, with another customary port. */
    public static InetSocketAddress parseAddress(String text, int defaultPort) throws CommandException {
        try {
            return Endpoints.parse(text, defaultPort);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    /** Like {@link #parseAddress(String)}, for the address of another node. */
    public static InetSocketAddress parseNode(String text) throws CommandException {
        try {
            return Endpoints.requireDialable(parseAddress(text));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    /** Returns all addresses of a host; fails if its name cannot be resolved at present. */
    public static List<InetSocketAddress> resolve(InetSocketAddress host) throws CommandException {
        try {
            return Endpoints.resolve(host, HostResolver.SYSTEM);
        } catch (UnknownHostException e) {
            throw CommandException.noNetwork(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the first of a host's addresses at which a node answers, or the first of all if none does. A host with
     * one address is not asked.
     */
    public static InetSocketAddress answering(InetSocketAddress host) throws CommandException, InterruptedException {
        List<InetSocketAddress> addresses = resolve(host);
        if (addresses.size() == 1) {
            return addresses.getFirst();
        }
        try (DhtNode node = startClient()) {
            return ping(node, addresses) instanceof PingResult.Answered answered
                    ? Endpoints.toSocketAddress(answered.node().endpoint())
                    : addresses.getFirst();
        }
    }

    /** Pings all addresses at once; the first answer counts. */
    public static PingResult ping(DhtNode node, List<InetSocketAddress> addresses) throws InterruptedException {
        CompletableFuture<PingResult> first = new CompletableFuture<>();
        List<CompletableFuture<PingResult>> pings =
                addresses.stream().map(node::pingAsync).toList();
        for (CompletableFuture<PingResult> ping : pings) {
            var _ = ping.thenAccept(result -> {
                if (result instanceof PingResult.Answered) {
                    first.complete(result);
                }
            });
        }
        var _ = CompletableFuture.allOf(pings.toArray(CompletableFuture[]::new))
                .whenComplete((ignored, failure) -> first.complete(new PingResult.NoAnswer()));
        try {
            return first.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            pings.forEach(ping -> ping.cancel(false));
        }
    }

    /** Returns a new identity for one run. */
    public static Identity freshIdentity() {
        return Identity.generate(new SecureRandom());
    }

    /** Starts a node that belongs to the network. */
    public static DhtNode start(Identity identity, InetSocketAddress listen, int threads) throws CommandException {
        return start(DhtNode.builder().identity(identity), listen, threads);
    }

    /** Starts the node that {@code builder} describes, with a thread for each processor. */
    public static DhtNode start(DhtNodeBuilder builder, InetSocketAddress listen) throws CommandException {
        return start(builder, listen, Runtime.getRuntime().availableProcessors());
    }

    /** Starts the node that {@code builder} describes. */
    public static DhtNode start(DhtNodeBuilder builder, InetSocketAddress listen, int threads) throws CommandException {
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
            return atFirst(listen, address -> UdpTransport.open(address, threads));
        } catch (IOException e) {
            throw CommandException.failed(e.getMessage() + " with --listen HOST:PORT");
        }
    }

    /**
     * Opens something at an address.
     *
     * @param <T> what is opened
     */
    @FunctionalInterface
    public interface Opening<T> {
        /** Opens it, or fails if the address cannot be listened on. */
        T at(InetSocketAddress address) throws IOException;
    }

    /** Opens at the first address of a host that can be listened on; fails as at the last if none can. */
    public static <T> T atFirst(InetSocketAddress host, Opening<T> opening) throws CommandException, IOException {
        List<InetSocketAddress> addresses = resolve(host);
        for (InetSocketAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return opening.at(address);
            } catch (IOException unusable) {
                // A name may stand for addresses of an IP version that this machine does not have.
            }
        }
        return opening.at(addresses.getLast());
    }

    /** Joins the network through all addresses of the seeds; fails if none answers. */
    public static void join(DhtNode node, List<InetSocketAddress> seeds) throws CommandException, InterruptedException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        Optional<CommandException> unknown = Optional.empty();
        for (InetSocketAddress seed : seeds) {
            try {
                addresses.addAll(resolve(seed));
            } catch (CommandException unresolved) {
                unknown = Optional.of(unresolved);
            }
        }
        if (addresses.isEmpty() && unknown.isPresent()) {
            throw unknown.get();
        }
        if (!node.bootstrap(addresses).isConnected()) {
            throw CommandException.noNetwork(noAnswer(node, seeds));
        }
    }

    /** Returns what to say when no node answered at these addresses. */
    public static String noAnswer(List<InetSocketAddress> asked) {
        return "no answer from " + texts(asked) + "; is a node running there?";
    }

    /** Returns what to say when a node could not join through these seeds, which may be the node itself. */
    public static String noAnswer(DhtNode node, List<InetSocketAddress> seeds) {
        return seeds.stream().allMatch(seed -> isItself(node, seed))
                ? "only this node itself is at " + texts(seeds) + "; name another with --bootstrap HOST:PORT."
                : noAnswer(seeds);
    }

    private static String texts(List<InetSocketAddress> addresses) {
        return addresses.stream().map(Endpoints::text).collect(Collectors.joining(", "));
    }

    /** A name that cannot be resolved is not taken for the node's own. */
    private static boolean isItself(DhtNode node, InetSocketAddress seed) {
        try {
            return Endpoints.resolve(seed, HostResolver.SYSTEM).stream()
                    .allMatch(address -> Endpoints.isOwn(node.localEndpoint(), Endpoints.of(address)));
        } catch (UnknownHostException unresolved) {
            return false;
        }
    }

    /**
     * Returns where a node listens. A socket for both IP versions shows all addresses of the machine by its IPv6 name.
     */
    public static String listenAddress(DhtNode node, InetSocketAddress asked) {
        Endpoint local = node.localEndpoint();
        return local.scope() == Endpoint.Scope.UNSPECIFIED && !asked.isUnresolved()
                ? Endpoints.text(Endpoints.of(asked).withPort(local.port()))
                : Endpoints.text(local);
    }
}
