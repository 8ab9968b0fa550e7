package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al discover}: lists the agents that have an entry under a topic. */
@Command(
        name = "discover",
        description = "List the agents that have an entry under a topic, newest first.",
        footer = {"", "Example:", "  a2al discover ai/translation --protocol mcp --bootstrap seed.example:4121"})
public final class DiscoverCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Parameters(paramLabel = "TOPIC", description = "The topic's name.")
    private String topic = "";

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only entries with this tag; with all of them if several.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "Only entries with this protocol; with any of them if several.")
    private List<String> protocols = new ArrayList<>();

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Output output = common.output();
        List<InetSocketAddress> seeds = bootstrap.required();
        try (DhtNode node = Nodes.startClient()) {
            Nodes.join(node, seeds);
            DiscoverResult result = node.discover(topic, new TopicFilter(protocols, tags));
            if (output.isJson()) {
                output.json(toJson(result));
            } else if (!result.entries().isEmpty()) {
                result.entries().forEach(entry -> print(output, entry));
                output.line("lookup", Texts.lookup(result.report()));
            }
            if (result.entries().isEmpty()) {
                boolean filtered = !tags.isEmpty() || !protocols.isEmpty();
                throw CommandException.failed("no entry " + (filtered ? "with these tags and protocols " : "")
                        + "found under topic \"" + topic + "\" (" + Texts.lookup(result.report()) + ")");
            }
            return 0;
        }
    }

    private ObjectNode toJson(DiscoverResult result) {
        ObjectNode object = Json.object().put("topic", topic);
        ArrayNode entries = object.putArray("entries");
        for (TopicEntry entry : result.entries()) {
            ObjectNode item = entries.addObject()
                    .put("address", entry.address().toString())
                    .put("name", entry.payload().name());
            item.set("protocols", Json.texts(entry.payload().protocols()));
            item.set("tags", Json.texts(entry.payload().tags()));
            item.put("brief", entry.payload().brief())
                    .put("seq", Texts.unsigned(entry.record().sequence()));
        }
        return object.set("lookup", Json.lookup(result.report()));
    }

    private static void print(Output output, TopicEntry entry) {
        TopicPayload payload = entry.payload();
        output.line(entry.address().toString(), payload.name());
        printList(output, "  protocols", payload.protocols());
        printList(output, "  tags", payload.tags());
        if (!payload.brief().isEmpty()) {
            output.line("  brief", payload.brief());
        }
    }

    private static void printList(Output output, String label, List<String> values) {
        if (!values.isEmpty()) {
            output.line(label, String.join(", ", values));
        }
    }
}
