package io.a2al.app.publications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.dht.files.KeptPublication;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al publications list}: shows what a node resumes. */
@Command(
        name = "list",
        description = "List what the running node publishes, or else what the node resumes when it is started.",
        footer = {"", "Example:", "  a2al publications list --data ~/agent"})
final class PublicationsListCommand implements Callable<Integer> {

    private static final Map<Integer, String> KINDS =
            Map.of(RecordType.ENDPOINT, "endpoint", RecordType.TOPIC, "topic", RecordType.AGENT_PROFILE, "profile");

    private static final List<String> CONTENTS = List.of("endpoints", "topic", "name");

    @Mixin
    private OpenPublications data = new OpenPublications();

    @Override
    public Integer call() throws CommandException {
        Output output = data.output();
        Optional<ObjectNode> running = data.askRunning(PublicationsListCommand::overHttp);
        ObjectNode object = running.isPresent() ? running.get() : inFile();
        if (output.isJson()) {
            output.json(object);
        } else if (object.path("publications").isEmpty()) {
            output.line("no publications are kept in "
                    + Output.printable(data.path().toString()));
        } else {
            object.path("publications").forEach(publication -> print(output, publication));
        }
        return 0;
    }

    private static void print(Output output, JsonNode publication) {
        String end = publication.path("kept").asBoolean() ? "" : "  until the node stops";
        output.line(
                publication.path("kind").asText(),
                content(publication) + "  address "
                        + publication.path("address").asText() + "  key "
                        + publication.path("key").asText() + end);
    }

    private static String content(JsonNode publication) {
        return switch (publication.path("kind").asText()) {
            case "endpoint" ->
                publication
                        .path("endpoints")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "));
            case "topic" -> publication.path("topic").asText();
            case "profile" -> publication.path("name").asText();
            default ->
                "type " + publication.path("type").asInt() + ", until "
                        + publication.path("until").asText();
        };
    }

    // ---- by the node that runs --------------------------------------------------------------------------------

    private static ObjectNode overHttp(NodeApi api) throws CommandException, NotRunningException {
        ObjectNode object = Json.object();
        ArrayNode list = object.putArray("publications");
        for (JsonNode open : api.get("/v1/publications").require().path("publications")) {
            int type = open.path("record_type").asInt();
            ObjectNode item = list.addObject()
                    .put("kind", KINDS.getOrDefault(type, "record"))
                    .put("address", open.path("address").asText())
                    .put("type", type)
                    .put("key", open.path("key").asText());
            CONTENTS.stream().filter(open::has).forEach(member -> item.set(member, open.path(member)));
            if (!KINDS.containsKey(type)) {
                item.put(
                        "until",
                        Texts.date(open.path("timestamp").asLong()
                                + open.path("ttl_seconds").asLong()));
            }
            item.put("kept", open.path("kept").asBoolean());
        }
        return object;
    }

    // ---- in the file ------------------------------------------------------------------------------------------

    private ObjectNode inFile() throws CommandException {
        ObjectNode object = Json.object();
        ArrayNode list = object.putArray("publications");
        data.use((file, kept) -> kept).forEach(publication -> list.add(toJson(publication)));
        return object;
    }

    private static ObjectNode toJson(KeptPublication publication) {
        String kind = switch (publication) {
            case KeptPublication.Ready _ -> "record";
            case KeptPublication.Renewed _ -> KINDS.getOrDefault(publication.type(), "record");
        };
        ObjectNode object = Json.object()
                .put("kind", kind)
                .put("address", publication.address().toString())
                .put("type", publication.type())
                .put("key", publication.key().toString());
        switch (publication) {
            case KeptPublication.Ready(NodeId _, SignedRecord record) ->
                object.put("until", Texts.date(record.timestamp() + record.ttl()));
            case KeptPublication.Renewed renewed -> {
                switch (renewed.payload()) {
                    case EndpointPayload endpoint -> object.set("endpoints", Json.texts(endpoint.endpoints()));
                    case TopicPayload entry -> object.put("topic", entry.topic());
                    case AgentProfilePayload profile -> object.put("name", profile.name());
                }
            }
        }
        return object.put("kept", true);
    }
}
