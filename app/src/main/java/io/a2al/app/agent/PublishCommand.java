package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Resumed;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.Waiting;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.Durability;
import io.a2al.dht.Publication;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code a2al publish}: publishes where an agent can be reached, and an entry under a topic. */
@Command(
        name = "publish",
        description = {
            "Publish where an agent can be reached, an entry under a topic, or both.",
            "Records are valid for an hour; --keep stays and renews them.",
            "With --keep and --data they are also kept over restarts: 'a2al node --data DIR' resumes them, after a"
                    + " crash, too; 'a2al publications end --data DIR' ends them.",
            "Without --data the node that runs on this machine publishes, as its own agent. It renews the records",
            "while it runs, and with --keep also after a restart.",
            "If none runs, the agent gets a new address, whose key is lost after this run, and nothing is kept.",
            "With a delegation the records are those of the agent who delegated the key."
        },
        footer = {
            "",
            "Example:",
            "  a2al publish --endpoint https://agent.example/a2a",
            "  a2al publish --bootstrap seed.example:4121 --data ~/agent --keep \\",
            "      --endpoint https://agent.example/a2a --topic ai/translation \\",
            "      --name Babel --protocol mcp"
        })
public final class PublishCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            split = "\n",
            hideParamSyntax = true,
            description = "Where the agent answers. Can be given repeatedly.")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--nat",
            paramLabel = "TYPE",
            description = "The agent's network: unknown, full-cone, restricted, port-restricted or symmetric.")
    private Optional<String> nat = Optional.empty();

    @ArgGroup(validate = false, heading = "Entry under a topic:%n")
    private TopicOptions topic = new TopicOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = Nodes.ANY_PORT,
            description = "UDP address to listen on; port 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--keep",
            description =
                    "Stay and renew the records until stopped (Ctrl-C or SIGTERM); with --data also after a restart.")
    private boolean keep;

    /** How often the publisher is told what has become of its records; what is new is said once. */
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(30);

    /** The fields of a topic entry. */
    static final class TopicOptions {

        private static final String TOPIC = "--topic";
        private static final String NAME = "--name";
        private static final String TAG = "--tag";
        private static final String PROTOCOL = "--protocol";
        private static final String BRIEF = "--brief";

        @Option(names = TOPIC, paramLabel = "NAME", description = "The topic.")
        private Optional<String> name = Optional.empty();

        @Option(names = NAME, paramLabel = "TEXT", description = "What the agent calls itself.")
        private String agentName = "";

        @Option(
                names = TAG,
                paramLabel = "TAG",
                split = "\n",
                hideParamSyntax = true,
                description = "A tag. Can be given repeatedly.")
        private List<String> tags = new ArrayList<>();

        @Option(
                names = PROTOCOL,
                paramLabel = "NAME",
                split = "\n",
                hideParamSyntax = true,
                description = "A protocol the agent speaks. Can be given repeatedly.")
        private List<String> protocols = new ArrayList<>();

        @Option(names = BRIEF, paramLabel = "TEXT", description = "A sentence for people, up to 140 characters.")
        private String brief = "";

        /** Returns the entry; what the configuration says of entries is for when there is a topic. */
        private Optional<TopicPayload> payload(ParseResult parsed) throws CommandException {
            Optional<String> idle = Stream.of(NAME, TAG, PROTOCOL, BRIEF)
                    .filter(parsed::hasMatchedOption)
                    .findFirst();
            if (name.isEmpty() && idle.isPresent()) {
                throw CommandException.wrongUse(idle.get() + " is for an entry under a topic; give --topic NAME, too");
            }
            return name.map(
                    topic -> TopicPayload.of(topic, agentName, protocols, tags).withBrief(brief));
        }
    }

    @Override
    public Integer call() throws CommandException, InvalidRecordException, IOException, InterruptedException {
        Output output = network.output();
        Optional<EndpointPayload> endpoint = endpointPayload();
        Optional<TopicPayload> entry = topic.payload(command.commandLine().getParseResult());
        if (entry.isPresent()) {
            entry.get().checkLimits();
        }
        if (endpoint.isEmpty() && entry.isEmpty()) {
            throw CommandException.wrongUse("nothing to publish; give --endpoint URL or --topic NAME");
        }
        InetSocketAddress address = Nodes.parseAddress(listen);
        network.requireWay(agent.directory());
        Optional<RunningNode> running = agent.running(network);
        Optional<ObjectNode> published =
                network.askRunning(running, api -> RunningPublisher.publish(api, endpoint, entry, keep));
        if (published.isEmpty()) {
            alone(output, address, endpoint, entry);
            return 0;
        }
        PublishReport report = new PublishReport(published.get());
        report.print(output);
        if (!output.isJson()) {
            String end = keep ? ", also after a restart" : ", until it stops";
            output.line("renewed by", "the node at " + running.orElseThrow().url() + end);
        }
        report.check("; the node goes on trying");
        return 0;
    }

    private Optional<EndpointPayload> endpointPayload() throws CommandException, InvalidRecordException {
        NatType natType = nat.isEmpty() ? NatType.UNKNOWN : Texts.parseNat(nat.get());
        for (String url : endpoints) {
            if (!url.matches("[A-Za-z][A-Za-z0-9+.-]*://\\S+")) {
                throw CommandException.wrongUse(
                        "not a URL: \"" + url + "\"; write for example https://agent.example/a2a");
            }
        }
        if (endpoints.isEmpty()) {
            if (nat.isPresent()) {
                throw CommandException.wrongUse("--nat says how to reach an endpoint; give --endpoint URL, too");
            }
            return Optional.empty();
        }
        EndpointPayload payload = EndpointPayload.of(endpoints).withNatType(natType);
        payload.checkLimits();
        return Optional.of(payload);
    }

    private void alone(
            Output output, InetSocketAddress listenOn, Optional<EndpointPayload> endpoint, Optional<TopicPayload> entry)
            throws CommandException, IOException, InterruptedException {
        try (ActingAgent acting = agent.open()) {
            var _ = network.askAlone(agent.directory(), builder(acting), listenOn, node -> {
                publish(output, acting, node, endpoint, entry);
                return true;
            });
        }
    }

    private DhtNodeBuilder builder(ActingAgent acting) {
        DhtNodeBuilder builder = DhtNode.builder().identity(acting.identity()).agent(acting.agent());
        acting.directory().ifPresent(data -> {
            // For the sequence numbers alone: they go on where those of the last run ended.
            builder.storeFile(data.storeFile()).durability(Durability.NONE);
            if (keep) {
                builder.publicationsFile(data.publicationsFile());
            }
        });
        return keep ? builder : builder.clientMode();
    }

    private void publish(
            Output output,
            ActingAgent acting,
            DhtNode node,
            Optional<EndpointPayload> endpoint,
            Optional<TopicPayload> entry)
            throws CommandException, InterruptedException {
        Resumed resumed = Resumed.by(node);
        Optional<Publication> first;
        Optional<Publication> second;
        try (Waiting _ = Waiting.on(output, "publishing")) {
            first = publish(node, acting, endpoint);
            second = publish(node, acting, entry);
        }
        ObjectNode object = PublishReport.of(acting, first, second).put("kept_over_restarts", isKept(acting));
        resumed.addTo(object);
        PublishReport report = new PublishReport(object);
        if (!keep) {
            report.print(output);
            report.check("; try again, or join through another node");
            return;
        }
        network.timeout().end();
        List<Publication> publications =
                Stream.of(first, second).flatMap(Optional::stream).toList();
        keepPublished(output, node, report, publications, () -> printKept(output, acting));
    }

    private Optional<Publication> publish(DhtNode node, ActingAgent acting, Optional<? extends RecordPayload> payload)
            throws InterruptedException {
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isKept(acting)
                        ? node.publishKept(acting.agent(), payload.get())
                        : node.publish(acting.agent(), payload.get()));
    }

    private boolean isKept(ActingAgent acting) {
        return keep && acting.isKept();
    }

    private static void printKept(Output output, ActingAgent acting) {
        if (!output.isJson()) {
            acting.directory().ifPresent(data -> output.line("kept in", data.publicationsFile()));
            output.line("renewing until stopped");
        }
    }

    /** A script that has read the announcement may send the signal at once. */
    private static void keepPublished(
            Output output, DhtNode node, PublishReport report, List<Publication> publications, Runnable announcement) {
        try (StopSignal stop = StopSignal.install()) {
            report.print(output);
            announcement.run();
            if (!report.isHeld()) {
                output.warn("no other node took a copy yet; this node keeps trying");
            }
            NoticeWatch watch = new NoticeWatch(publications);
            while (!stop.await(WATCH_INTERVAL)) {
                watch.news().forEach(text -> output.warn("warning: " + text));
            }
            node.close();
            if (!output.isJson()) {
                output.line("stopped");
            }
            stop.exitWith(output.isLost() ? ExitCodes.FAILED : ExitCodes.DONE);
        }
    }
}
