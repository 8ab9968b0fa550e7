package io.a2al.app.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DirectoryOption;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.record.TopicFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al discover}: lists the agents that have an entry under a topic. */
@Command(
        name = "discover",
        description = "List the agents that have an entry under a topic, newest first.",
        footer = {"", "Example:", "  a2al discover ai/translation --protocol mcp"})
public final class DiscoverCommand implements Callable<Integer> {

    /** What an entry has, in this order. */
    private static final List<String> MEMBERS = List.of("address", "name", "protocols", "tags", "brief", "seq");

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private DirectoryOption data = new DirectoryOption();

    @Parameters(paramLabel = "TOPIC", description = "The topic's name.")
    private String topic = "";

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            split = "\n",
            hideParamSyntax = true,
            description = "Only entries with this tag; with all of them if several.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            split = "\n",
            hideParamSyntax = true,
            description = "Only entries with this protocol; with any of them if several.")
    private List<String> protocols = new ArrayList<>();

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Output output = network.output();
        ObjectNode result = network.ask(data.given(), this::overHttp, this::by);
        if (result.path("entries").isEmpty()) {
            boolean filtered = !tags.isEmpty() || !protocols.isEmpty();
            throw CommandException.notFound("no entry " + (filtered ? "with these tags and protocols " : "")
                            + "found under topic \"" + topic + "\" (" + Texts.lookup(result.path("lookup")) + ")")
                    .with(result);
        }
        if (output.isJson()) {
            output.json(result);
        } else {
            result.path("entries").forEach(entry -> print(output, entry));
            output.line("lookup", Texts.lookup(result.path("lookup")));
        }
        return 0;
    }

    private ObjectNode overHttp(NodeApi api) throws CommandException, NotRunningException {
        StringBuilder path = new StringBuilder("/v1/topics?topic=").append(encoded(topic));
        protocols.forEach(protocol -> path.append("&protocol=").append(encoded(protocol)));
        tags.forEach(tag -> path.append("&tag=").append(encoded(tag)));
        ObjectNode body = api.get(path.toString()).require();
        ObjectNode object = Json.object().put("topic", topic);
        ArrayNode entries = object.putArray("entries");
        for (JsonNode found : body.path("entries")) {
            ObjectNode entry = entries.addObject();
            MEMBERS.forEach(member -> entry.set(member, found.path(member)));
        }
        return object.set("lookup", HttpJson.lookup(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ObjectNode by(DhtNode node) throws InterruptedException {
        DiscoverResult result = node.discover(topic, new TopicFilter(protocols, tags));
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

    private static void print(Output output, JsonNode entry) {
        output.line(entry.path("address").asText(), entry.path("name").asText());
        printList(output, "  protocols", entry.path("protocols"));
        printList(output, "  tags", entry.path("tags"));
        String brief = entry.path("brief").asText();
        if (!brief.isEmpty()) {
            output.line("  brief", brief);
        }
    }

    private static void printList(Output output, String label, JsonNode values) {
        if (!values.isEmpty()) {
            output.line(label, values.valueStream().map(JsonNode::asText).collect(Collectors.joining(", ")));
        }
    }
}
