package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Resumed;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.cli.Texts;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.Durability;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
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
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al publish}: publishes where an agent can be reached, and an entry under a topic. */
@Command(
        name = "publish",
        description = {
            "Publish where an agent can be reached, an entry under a topic, or both.",
            "Records are valid for an hour; --keep stays and renews them.",
            "With --keep and --data they are also kept over restarts: 'a2al node --data DIR' resumes them, after a"
                    + " crash, too; 'a2al publications end --data DIR' ends them.",
            "Without --data the agent gets a new address, whose key is lost after this run, and nothing is kept.",
            "With a delegation the records are those of the agent who delegated the key."
        },
        footer = {
            "",
            "Example:",
            "  a2al publish --bootstrap seed.example:4121 --data ~/agent --keep \\",
            "      --endpoint https://agent.example/a2a --topic ai/translation \\",
            "      --name Babel --protocol mcp"
        })
public final class PublishCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Option(names = "--endpoint", paramLabel = "URL", description = "Where the agent answers. Can be given repeatedly.")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--nat",
            paramLabel = "TYPE",
            description = "The agent's network: unknown, full-cone, restricted, port-restricted or symmetric.")
    private Optional<String> nat = Optional.empty();

    @ArgGroup(exclusive = false, heading = "Entry under a topic:%n")
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

        @Option(names = "--topic", required = true, paramLabel = "NAME", description = "The topic.")
        private Optional<String> name = Optional.empty();

        @Option(names = "--name", paramLabel = "TEXT", description = "What the agent calls itself.")
        private String agentName = "";

        @Option(names = "--tag", paramLabel = "TAG", description = "A tag. Can be given repeatedly.")
        private List<String> tags = new ArrayList<>();

        @Option(
                names = "--protocol",
                paramLabel = "NAME",
                description = "A protocol the agent speaks. Can be given repeatedly.")
        private List<String> protocols = new ArrayList<>();

        @Option(names = "--brief", paramLabel = "TEXT", description = "A sentence for people, up to 140 characters.")
        private String brief = "";

        private Optional<TopicPayload> payload() {
            return name.map(
                    topic -> TopicPayload.of(topic, agentName, protocols, tags).withBrief(brief));
        }
    }

    @Override
    public Integer call() throws CommandException, InvalidRecordException, IOException, InterruptedException {
        Output output = common.output();
        Optional<EndpointPayload> endpoint = endpointPayload();
        Optional<TopicPayload> entry = topic.payload();
        if (entry.isPresent()) {
            entry.get().checkLimits();
        }
        if (endpoint.isEmpty() && entry.isEmpty()) {
            throw CommandException.wrongUse("nothing to publish; give --endpoint URL or --topic NAME");
        }
        InetSocketAddress address = Nodes.parseAddress(listen);
        List<InetSocketAddress> seeds = bootstrap.required();
        try (ActingAgent acting = agent.open()) {
            return publish(output, acting, address, seeds, endpoint, entry);
        }
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

    private int publish(
            Output output,
            ActingAgent acting,
            InetSocketAddress listenOn,
            List<InetSocketAddress> seeds,
            Optional<EndpointPayload> endpoint,
            Optional<TopicPayload> entry)
            throws CommandException, InterruptedException {
        try (DhtNode node = start(acting, listenOn)) {
            Resumed resumed = Resumed.by(node);
            Nodes.join(node, seeds);
            Optional<Publication> first = publish(node, acting, endpoint);
            Optional<Publication> second = publish(node, acting, entry);
            boolean held = Stream.of(first, second)
                    .flatMap(Optional::stream)
                    .allMatch(publication -> publication.state().replicas() > 0);
            if (keep) {
                List<Publication> publications =
                        Stream.of(first, second).flatMap(Optional::stream).toList();
                keepPublished(output, node, held, publications, () -> print(output, acting, resumed, first, second));
                return 0;
            }
            print(output, acting, resumed, first, second);
            if (!held) {
                throw CommandException.failed("no other node took a copy; try again, or join through another node");
            }
            if (Stream.of(first, second).flatMap(Optional::stream).anyMatch(PublishCommand::isHidden)) {
                throw CommandException.failed("readers get a newer record than the one published; see the warning");
            }
            return 0;
        }
    }

    private DhtNode start(ActingAgent acting, InetSocketAddress listenOn) throws CommandException {
        DhtNodeBuilder builder = DhtNode.builder().identity(acting.identity()).agent(acting.agent());
        acting.directory().ifPresent(data -> {
            // For the sequence numbers alone: they go on where those of the last run ended.
            builder.storeFile(data.storeFile()).durability(Durability.NONE);
            if (keep) {
                builder.publicationsFile(data.publicationsFile());
            }
        });
        return Nodes.start(keep ? builder : builder.clientMode(), listenOn, 1);
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

    private static boolean isHidden(Publication publication) {
        return publication.notices().stream().anyMatch(PublicationNotice.HiddenByNewerRecord.class::isInstance);
    }

    /** A script that has read the announcement may send the signal at once. */
    private static void keepPublished(
            Output output, DhtNode node, boolean held, List<Publication> publications, Runnable announcement) {
        try (StopSignal stop = StopSignal.install()) {
            announcement.run();
            if (!held) {
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
            stop.exitWith(output.hasFailed() ? ExitCode.SOFTWARE : ExitCode.OK);
        }
    }

    private void print(
            Output output,
            ActingAgent acting,
            Resumed resumed,
            Optional<Publication> endpoint,
            Optional<Publication> entry) {
        if (output.isJson()) {
            ObjectNode object = toJson(acting, endpoint, entry).put("kept_over_restarts", isKept(acting));
            resumed.addTo(object);
            output.json(object);
        } else {
            resumed.print(output);
            output.line("address", acting.agent().address());
            if (acting.agent().delegation().isPresent()) {
                output.line("signed by", acting.identity().address());
            }
            if (!acting.isKept()) {
                output.line("identity", "new, and not kept; keep one with --data DIR");
            }
            endpoint.ifPresent(publication -> print(output, "endpoint", publication));
            entry.ifPresent(publication -> print(output, "topic", publication));
        }
        Stream.of(endpoint, entry)
                .flatMap(Optional::stream)
                .flatMap(publication -> publication.notices().stream())
                .map(PublicationNotice::text)
                .distinct()
                .forEach(text -> output.warn("warning: " + text));
        if (keep && !output.isJson()) {
            acting.directory().ifPresent(data -> output.line("kept in", data.publicationsFile()));
            output.line("renewing until stopped");
        }
    }

    private static ObjectNode toJson(ActingAgent acting, Optional<Publication> endpoint, Optional<Publication> entry) {
        ObjectNode object = Json.object()
                .put("address", acting.agent().address().toString())
                .put("node_id", acting.agent().nodeId().toString())
                .put("signed_by", acting.identity().address().toString())
                .put("identity_kept", acting.isKept());
        endpoint.ifPresent(publication -> object.set("endpoint", toJson(publication)));
        entry.ifPresent(publication -> object.set("topic", toJson(publication)));
        return object;
    }

    private static ObjectNode toJson(Publication publication) {
        Publication.State state = publication.state();
        ObjectNode object = Json.object()
                .put("key", publication.key().toString())
                .put("replicas", state.replicas())
                .put("wanted", state.wanted())
                .put("seq", Texts.unsigned(state.record().sequence()))
                .put("ttl_seconds", state.record().ttl());
        return object.set(
                "warnings",
                Json.texts(publication.notices().stream()
                        .map(PublicationNotice::text)
                        .toList()));
    }

    private static void print(Output output, String what, Publication publication) {
        Publication.State state = publication.state();
        output.line(what + " key", publication.key());
        output.line(what + " replicas", state.replicas() + " of " + state.wanted());
    }
}
