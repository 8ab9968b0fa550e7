package io.a2al.app.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.NetworkChoice;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.ProgressBar;
import io.a2al.app.cli.Resumed;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.client.Contacts;
import io.a2al.app.config.Settings;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.Durability;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.result.JoinResult;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code a2al node}: runs a node until it is stopped. */
@Command(
        name = "node",
        description = {
            "Run a node until it is stopped (Ctrl-C or SIGTERM).",
            "Its identity is kept in the data directory: --data, or else $A2AL_HOME, or else ~/.a2al.",
            "So are the nodes that it knew when it was stopped, which it joins through again.",
            "What 'a2al publish --keep --data DIR' published is resumed, and renewed while the node runs.",
            "A new node that is given no way into a network asks at the terminal which one to join.",
            "Without a terminal it waits for others to join through it."
        },
        footer = {
            "",
            "Example:",
            "  a2al node --listen 0.0.0.0:4121 --bootstrap seed.example:4121 \\",
            "      --data /var/lib/a2al"
        })
public final class NodeCommand implements Callable<Integer> {

    public static final String NAME = "node";

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<Optional<FirstStart.Terminal>> terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Mixin
    private ServingOptions serving = new ServingOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:4121",
            description = "UDP address to listen on; port 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--durability",
            paramLabel = "WHEN",
            defaultValue = "second",
            description =
                    "When a record that was stored here is on the disk: 'second' (within a second), 'strict' (before"
                            + " the answer that it is stored) or 'none' (never). Default: ${DEFAULT-VALUE}.")
    private String durability = "";

    /** A node that asks at the terminal on its first start, if there is one. */
    public NodeCommand() {
        this(FirstStart::terminal);
    }

    /** The same with another terminal. */
    NodeCommand(Supplier<Optional<FirstStart.Terminal>> terminal) {
        this.terminal = terminal;
    }

    /** Returns whether these arguments run a node, which logs events. */
    public static boolean isLogged(ParseResult parsed) {
        return parsed.commandSpec().qualifiedName().equals("a2al " + NAME);
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Output output = common.output();
        InetSocketAddress address = Nodes.parseAddress(listen);
        Optional<InetSocketAddress> debug = serving.debugAddress();
        ApiAddress api = serving.apiAddress();
        Durability when = durability();
        Ways ways = ways(output);
        try (StopSignal stop = StopSignal.install()) {
            serve(output, address, ways, new Pages(debug, api), when, stop);
            if (!output.isJson()) {
                output.line("stopped");
            }
            stop.exitWith(output.isLost() ? ExitCodes.FAILED : ExitCodes.DONE);
        }
        return 0;
    }

    /** Where the node shows itself over HTTP. */
    private record Pages(Optional<InetSocketAddress> debug, ApiAddress api) {}

    /** How it joins, besides the contacts that it saved. */
    private record Ways(List<InetSocketAddress> seeds, List<SeedSource> names, Optional<String> hint) {}

    private void serve(
            Output output, InetSocketAddress address, Ways ways, Pages pages, Durability when, StopSignal stop)
            throws CommandException, IOException {
        try (DataDirectory directory = DataDirectory.open(data.orDefault())) {
            Identity identity = data.identity(directory);
            DhtNodeBuilder builder = serving.configure(DhtNode.builder())
                    .identity(identity)
                    .agent(agent(output, identity, directory))
                    .seeds(ways.seeds())
                    .savedContacts(directory.contactsFile())
                    .seenPeers(directory.seenPeersFile())
                    .deliveredMail(directory.mailDeliveredFile())
                    .storeFile(directory.storeFile())
                    .publicationsFile(directory.publicationsFile())
                    .durability(when);
            ways.names().forEach(builder::seedSource);
            try (DhtNode node = Nodes.start(builder, address);
                    DebugService debug = DebugService.start(node, pages.debug());
                    ApiService api = ApiService.reserve(pages.api(), directory)) {
                introduce(output, node, Nodes.listenAddress(node, address), debug.url(), api.url());
                debug.warning().ifPresent(output::warn);
                api.warnings().forEach(output::warn);
                CompletableFuture<JoinResult> joining = node.joinAsync();
                api.start(node, identity, serving.isTokenAlways());
                ways.hint().ifPresent(output::warn);
                watch(output, node, joining, ways.seeds(), stop);
            }
        }
    }

    /** Returns how to join. Without any way the operator is asked, or told what to do. */
    private Ways ways(Output output) throws CommandException {
        List<InetSocketAddress> seeds = bootstrap.addresses();
        Optional<NetworkChoice> chosen = bootstrap.network();
        boolean hasWay = !seeds.isEmpty()
                || !bootstrap.names(Optional.empty()).isEmpty()
                || Contacts.in(data.orDefault()).isPresent();
        if (chosen.filter(NetworkChoice.PRIVATE::equals).isPresent() && !hasWay) {
            throw CommandException.wrongUse("--network private: no node to join through is named or remembered; name"
                    + " one with --bootstrap HOST:PORT");
        }
        if (chosen.isPresent() || hasWay) {
            return new Ways(seeds, bootstrap.names(chosen), Optional.empty());
        }
        FirstStart.Choice choice = new FirstStart(output, Settings.pathFor(command))
                .choose(output.isJson() ? Optional.empty() : terminal.get());
        return new Ways(choice.seeds(), bootstrap.names(Optional.of(choice.network())), choice.hint());
    }

    /** Returns the agent whose publications the node resumes, if there are any. */
    private static Agent agent(Output output, Identity identity, DataDirectory directory) {
        if (Files.exists(directory.publicationsFile())) {
            try {
                Optional<DelegationProof> proof = directory.delegation();
                return proof.isPresent() ? Agent.delegated(identity, proof.get()) : Agent.self(identity);
            } catch (InvalidDelegationException | KeyFileException e) {
                output.warn("the delegation kept in " + directory.path() + " is of no use: " + e.getMessage());
            }
        }
        return Agent.self(identity);
    }

    private Durability durability() throws CommandException {
        for (Durability when : Durability.values()) {
            if (when.name().equalsIgnoreCase(durability)) {
                return when;
            }
        }
        throw CommandException.wrongUse("durability " + durability + " is not known; use second, strict or none");
    }

    private static void introduce(
            Output output, DhtNode node, String listening, Optional<String> debug, Optional<String> api) {
        Resumed resumed = Resumed.by(node);
        if (output.isJson()) {
            ObjectNode json = Json.object()
                    .put("address", node.address().toString())
                    .put("node_id", node.nodeId().toString())
                    .put("listen", listening);
            debug.ifPresent(url -> json.put("debug", url));
            api.ifPresent(url -> json.put("api", url));
            resumed.addTo(json);
            output.json(json);
        } else {
            output.line("address", node.address());
            output.line("node id", node.nodeId());
            output.line("listening", listening);
            debug.ifPresent(url -> output.line("debug", url));
            api.ifPresent(url -> output.line("api", url));
            resumed.print(output);
        }
    }

    private static void watch(
            Output output,
            DhtNode node,
            CompletableFuture<JoinResult> joining,
            List<InetSocketAddress> seeds,
            StopSignal stop) {
        boolean live = ProgressBar.isWatched(output);
        StatusLines lines = new StatusLines(() -> NodeCounts.of(node), System::nanoTime);
        HeapWatch heap = HeapWatch.ofProcess();
        boolean warned = false;
        while (!stop.await(TICK)) {
            heap.look();
            if (!warned && !seeds.isEmpty() && hasFailed(joining)) {
                warned = true;
                output.warn(Nodes.noAnswer(node, seeds) + " This node keeps trying");
            }
            if (live) {
                output.overwrite((joining.isDone() ? "" : "joining  ") + lines.live());
            } else {
                lines.next().ifPresent(status -> print(output, status));
            }
        }
        if (live) {
            output.overwrite("");
        }
    }

    private static void print(Output output, NodeStatus status) {
        if (output.isJson()) {
            output.json(status.toJson());
        } else {
            output.line(status.toString());
        }
    }

    /** Returns whether no seed answered; a name that could not be resolved is logged and was not asked. */
    private static boolean hasFailed(CompletableFuture<JoinResult> joining) {
        return joining.isDone()
                && !joining.isCompletedExceptionally()
                && joining.join().seedsAsked() > 0
                && !joining.join().isConnected();
    }
}
