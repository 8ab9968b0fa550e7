package io.a2al.app.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.NetworkChoice;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.cli.Waiting;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Endpoint;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * By which node a command asks the network. Without a way in on the command line it is the node that runs on this
 * machine; if there is none, or it cannot do what is asked, the command starts a node of its own. Has the options that
 * every command has, too.
 */
public final class NetworkOptions {

    private static final String WAITING = "waiting for the network";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    /**
     * Asks the node that runs.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface OverHttp<T> {
        /** Asks it. */
        T ask(NodeApi api) throws CommandException, NotRunningException;
    }

    /**
     * Asks by a node of the command's own, which has joined.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface ByNode<T> {
        /** Asks by the node. */
        T ask(DhtNode node) throws CommandException, InterruptedException;
    }

    /** Returns where the command writes to. */
    public Output output() {
        return common.output();
    }

    /** Returns how long the command may wait. */
    public TimeoutOption timeout() {
        return timeout;
    }

    /**
     * Returns the node that runs on this machine, if the command line names no way into the network.
     *
     * @param data the data directory that was given
     */
    public Optional<RunningNode> running(Optional<Path> data) throws CommandException {
        return BootstrapOptions.areIn(command.commandLine().getParseResult())
                ? Optional.empty()
                : RunningNode.find(data);
    }

    /**
     * Asks the node that runs; empty if there is none.
     *
     * @param running the node, if one seems to run
     */
    public <T> Optional<T> askRunning(Optional<RunningNode> running, OverHttp<T> asking) throws CommandException {
        try (Waiting _ = Waiting.on(output(), WAITING)) {
            return askRunning(running, timeout, asking);
        }
    }

    /** The same for a command that joins no network, and waits for this long. */
    public static <T> Optional<T> askRunning(Optional<RunningNode> running, TimeoutOption timeout, OverHttp<T> asking)
            throws CommandException {
        if (running.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(asking.ask(running.get().api(timeout.left())));
        } catch (NotRunningException left) {
            return Optional.empty();
        }
    }

    /** Asks the node that runs, or else by a node in client mode with an identity for this run. */
    public <T> T ask(Optional<Path> data, OverHttp<T> overHttp, ByNode<T> byNode)
            throws CommandException, InterruptedException {
        Optional<T> answer = askRunning(running(data), overHttp);
        if (answer.isPresent()) {
            return answer.get();
        }
        return askAlone(data, node -> {
            try (Waiting _ = Waiting.on(output(), WAITING)) {
                return byNode.ask(node);
            }
        });
    }

    /** Asks by a node in client mode with an identity for this run. */
    public <T> T askAlone(Optional<Path> data, ByNode<T> byNode) throws CommandException, InterruptedException {
        DhtNodeBuilder builder =
                DhtNode.builder().identity(Nodes.freshIdentity()).clientMode();
        return askAlone(data, builder, Nodes.parseAddress(Nodes.ANY_PORT), byNode);
    }

    /**
     * Asks by the node that the builder describes.
     *
     * @param data the data directory whose saved contacts are used
     */
    public <T> T askAlone(Optional<Path> data, DhtNodeBuilder builder, InetSocketAddress listen, ByNode<T> byNode)
            throws CommandException, InterruptedException {
        WaysIn ways = ways(data);
        try (DhtNode node = Nodes.start(ways.configure(builder), listen, 1)) {
            try (Waiting _ = Waiting.on(output(), "joining the network")) {
                ways.join(node);
            }
            return byNode.ask(node);
        }
    }

    /** Refuses a command that has no way into the network, before it does anything. */
    public void requireWay(Optional<Path> data) throws CommandException {
        if (running(data).isEmpty()) {
            var _ = ways(data);
        }
    }

    private WaysIn ways(Optional<Path> data) throws CommandException {
        List<InetSocketAddress> named = bootstrap.addresses();
        Optional<NetworkChoice> network = bootstrap.network();
        List<SeedSource> sources = new ArrayList<>(bootstrap.names(network));
        if (BootstrapOptions.areIn(command.commandLine().getParseResult())) {
            return required(new WaysIn(named, sources));
        }
        Optional<InetSocketAddress> running = askRunning(running(Optional.empty()), NetworkOptions::addressOf);
        if (running.isPresent()) {
            return new WaysIn(List.of(running.get()), List.of());
        }
        (data.isPresent() ? data : defaultDirectory())
                .flatMap(Contacts::in)
                .map(contacts -> SeedSource.saved(contacts, DhtNode.DEFAULT_PORT))
                .ifPresent(sources::addFirst);
        return required(new WaysIn(named, sources));
    }

    /** A user without a home directory has none. */
    private static Optional<Path> defaultDirectory() {
        try {
            return Optional.of(DataOption.defaultDirectory());
        } catch (CommandException homeless) {
            return Optional.empty();
        }
    }

    private static WaysIn required(WaysIn ways) throws CommandException {
        if (ways.isNone()) {
            throw CommandException.wrongUse("no node runs here, and no other is known to join the network through;"
                    + " start one with a2al node, name one with --bootstrap HOST:PORT, or use --network public");
        }
        return ways;
    }

    /** Returns where the running node can be reached from this machine. */
    public static InetSocketAddress addressOf(NodeApi api) throws CommandException, NotRunningException {
        ObjectNode status = api.get("/v1/status").require();
        InetSocketAddress listening = Nodes.parseAddress(status.path("listen").asText());
        boolean everywhere = Endpoints.of(listening).scope() == Endpoint.Scope.UNSPECIFIED;
        return everywhere ? Nodes.parseAddress("127.0.0.1", listening.getPort()) : listening;
    }
}
