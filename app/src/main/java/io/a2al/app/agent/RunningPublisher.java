package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Resumed;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.Optional;

/** Has the node that runs publish as its own agent, which it renews from then on. Stateless. */
final class RunningPublisher {

    private static final List<String> MEMBERS =
            List.of("key", "replicas", "wanted", "seq", "ttl_seconds", "hidden", "warnings");

    private RunningPublisher() {}

    /** Publishes, and returns what {@link PublishReport} has. */
    static ObjectNode publish(
            NodeApi api, Optional<EndpointPayload> endpoint, Optional<TopicPayload> entry, boolean keep)
            throws CommandException, NotRunningException {
        ObjectNode status = api.get("/v1/status").require();
        String agent = status.path("agent").asText();
        ObjectNode object = Json.object()
                .put("address", agent)
                .put("node_id", NodeId.ofAddress(Texts.parseAgent(agent)).toString())
                .put("signed_by", status.path("address").asText())
                .put("identity_kept", true);
        if (endpoint.isPresent()) {
            object.set("endpoint", publish(api, Json.object().set("endpoint", toJson(endpoint.get())), keep));
        }
        if (entry.isPresent()) {
            object.set("topic", publish(api, Json.object().set("topic", toJson(entry.get())), keep));
        }
        object.put("kept_over_restarts", keep);
        new Resumed(0, 0).addTo(object);
        return object;
    }

    private static ObjectNode toJson(EndpointPayload endpoint) {
        ObjectNode object = Json.object().put("nat", Texts.natName(endpoint.natType()));
        return object.set("urls", Json.texts(endpoint.endpoints()));
    }

    private static ObjectNode toJson(TopicPayload entry) {
        ObjectNode object = Json.object()
                .put("topic", entry.topic())
                .put("name", entry.name())
                .put("brief", entry.brief());
        object.set("protocols", Json.texts(entry.protocols()));
        return object.set("tags", Json.texts(entry.tags()));
    }

    private static ObjectNode publish(NodeApi api, ObjectNode request, boolean keep)
            throws CommandException, NotRunningException {
        ObjectNode body =
                api.post("/v1/publications", request.put("keep", keep)).require();
        ObjectNode published = Json.object();
        MEMBERS.forEach(member -> published.set(member, body.path(member)));
        return published;
    }
}
