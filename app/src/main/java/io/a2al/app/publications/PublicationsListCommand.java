package io.a2al.app.publications;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.dht.files.KeptPublication;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al publications list}: shows what a node resumes. */
@Command(
        name = "list",
        description = "List what the node of a data directory publishes again when it is started.",
        footer = {"", "Example:", "  a2al publications list --data ~/agent"})
final class PublicationsListCommand implements Callable<Integer> {

    @Mixin
    private OpenPublications data = new OpenPublications();

    @Override
    public Integer call() throws CommandException {
        List<KeptPublication> publications = data.use((file, kept) -> kept);
        Output output = data.common().output();
        if (output.isJson()) {
            ObjectNode object = Json.object();
            ArrayNode list = object.putArray("publications");
            publications.forEach(publication -> list.add(toJson(publication)));
            output.json(object);
        } else if (publications.isEmpty()) {
            output.line("no publications are kept in "
                    + Output.printable(data.path().toString()));
        } else {
            publications.forEach(publication -> output.line(
                    kind(publication),
                    content(publication) + "  address " + publication.address() + "  key " + publication.key()));
        }
        return 0;
    }

    private static String kind(KeptPublication publication) {
        return switch (publication) {
            case KeptPublication.Ready _ -> "record";
            case KeptPublication.Renewed renewed ->
                switch (renewed.payload()) {
                    case EndpointPayload _ -> "endpoint";
                    case TopicPayload _ -> "topic";
                    case AgentProfilePayload _ -> "profile";
                };
        };
    }

    private static String content(KeptPublication publication) {
        return switch (publication) {
            case KeptPublication.Ready ready -> "type " + ready.type() + ", until " + end(ready);
            case KeptPublication.Renewed renewed ->
                switch (renewed.payload()) {
                    case EndpointPayload endpoint -> String.join(" ", endpoint.endpoints());
                    case TopicPayload entry -> entry.topic();
                    case AgentProfilePayload profile -> profile.name();
                };
        };
    }

    private static String end(KeptPublication.Ready ready) {
        return Texts.date(ready.record().timestamp() + ready.record().ttl());
    }

    private static ObjectNode toJson(KeptPublication publication) {
        ObjectNode object = Json.object()
                .put("kind", kind(publication))
                .put("address", publication.address().toString())
                .put("type", publication.type())
                .put("key", publication.key().toString());
        switch (publication) {
            case KeptPublication.Ready ready -> object.put("until", end(ready));
            case KeptPublication.Renewed renewed -> {
                switch (renewed.payload()) {
                    case EndpointPayload endpoint -> object.set("endpoints", Json.texts(endpoint.endpoints()));
                    case TopicPayload entry -> object.put("topic", entry.topic());
                    case AgentProfilePayload profile -> object.put("name", profile.name());
                }
            }
        }
        return object;
    }
}
