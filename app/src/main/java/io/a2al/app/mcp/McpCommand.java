package io.a2al.app.mcp;

import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.Durability;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DataDirectoryException;
import io.a2al.dht.result.JoinResult;
import io.a2al.http.HttpSettings;
import io.a2al.http.McpStdio;
import io.a2al.http.registry.RegistryFiles;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al mcp}: serves the Model Context Protocol to the program that started it. */
@Command(
        name = "mcp",
        description = {
            "Serve the Model Context Protocol (MCP) on standard input and output, for the host that starts this"
                    + " program.",
            "It relays to the node that runs with the data directory: --data, or else $A2AL_HOME, or else ~/.a2al.",
            "If none runs, it starts one in this process, which asks and publishes, but serves no peers. That one joins"
                    + " through --bootstrap and the nodes that it knew before.",
            "Standard output has one JSON message on each line and nothing else. It ends when standard input ends;"
                    + " what was asked before is answered first."
        },
        footer = {
            "",
            "Example:",
            "  a2al mcp --data ~/agent",
            "",
            "In the configuration of a host:",
            "  {\"mcpServers\": {\"a2al\": {\"command\": \"/opt/a2al-java/a2al\", \"args\": [\"mcp\"]}}}"
        })
public final class McpCommand implements Callable<Integer> {

    private static final Duration TICK = Duration.ofSeconds(60);

    private final InputStream in;
    private final OutputStream out;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = Nodes.ANY_PORT,
            description = "UDP address of the node that is started if none runs. Default: any free port.")
    private String listen = "";

    /** A command that talks to its host through these streams. */
    public McpCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        Output output = common.output();
        Path directory = data.orDefault();
        InetSocketAddress address = Nodes.parseAddress(listen);
        List<InetSocketAddress> seeds = bootstrap.addresses();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Optional<RunningNode> running = RunningNode.in(directory);
            if (running.isPresent() && NodeSession.answers(running.get(), http)) {
                new Relay(new NodeSession(() -> runningIn(directory), http), in, out, McpStdio.LAST_ANSWERS).run();
                return 0;
            }
        }
        serve(output, address, seeds);
        return 0;
    }

    /** Returns the node that runs now; none if its files have become unreadable. */
    private static Optional<RunningNode> runningIn(Path directory) {
        try {
            return RunningNode.in(directory);
        } catch (CommandException noneServes) {
            return Optional.empty();
        }
    }

    /** Serves a node of this process. */
    private void serve(Output output, InetSocketAddress address, List<InetSocketAddress> seeds)
            throws CommandException, IOException {
        try (StopSignal stop = StopSignal.install();
                DataDirectory directory = open()) {
            Identity identity = data.identity(directory);
            HttpSettings settings = HttpSettings.of(directory.apiTokenFile(), ProjectVersion.number())
                    .withAgents(new RegistryFiles(directory.agentsFile(), directory.agentsMailFile(), identity));
            DhtNodeBuilder builder = DhtNode.builder()
                    .identity(identity)
                    .seeds(seeds)
                    .savedContacts(directory.contactsFile())
                    .seenPeers(directory.seenPeersFile())
                    .deliveredMail(directory.mailDeliveredFile())
                    // For the sequence numbers alone: they go on where those of the last run ended.
                    .storeFile(directory.storeFile())
                    .durability(Durability.NONE)
                    .clientMode();
            try (DhtNode node = Nodes.start(builder, address, 1)) {
                var _ = node.joinAsync()
                        .thenAccept(joined -> warning(node, joined, seeds).ifPresent(output::warn));
                serve(node, settings, stop);
            }
        }
    }

    private DataDirectory open() throws CommandException, IOException {
        try {
            return DataDirectory.open(data.orDefault());
        } catch (DataDirectoryException e) {
            throw CommandException.failed(e.getMessage()
                    + "; for several hosts at a time, run a2al node, whose HTTP interface this program relays to");
        }
    }

    private static Optional<String> warning(DhtNode node, JoinResult joined, List<InetSocketAddress> seeds) {
        if (joined.isConnected()) {
            return Optional.empty();
        }
        return Optional.of(
                seeds.isEmpty()
                        ? "no node to join the network through answers; name one with --bootstrap HOST:PORT"
                        : Nodes.noAnswer(node, seeds));
    }

    /** Serves until the host's stream ends, or a signal comes. */
    private void serve(DhtNode node, HttpSettings settings, StopSignal stop) {
        Thread waiting = Thread.currentThread();
        CompletableFuture<Void> serving = new CompletableFuture<>();
        Thread server = Thread.ofVirtual().name("a2al-mcp").start(() -> {
            try {
                McpStdio.serve(node, settings, in, out);
                serving.complete(null);
            } catch (InterruptedException stopping) {
                serving.complete(null);
            } catch (IOException | RuntimeException failure) {
                serving.completeExceptionally(failure);
            } finally {
                waiting.interrupt();
            }
        });
        while (!stop.await(TICK)) {
            // The next signal, or the end of the host's stream, may take long.
        }
        server.interrupt();
        serving.join();
        // The end of the host's stream has woken this thread; what closes now must not take it for a wish to stop.
        boolean _ = Thread.interrupted();
    }
}
