package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.SendResult;
import io.a2al.http.registry.AgentNote;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Sends notes of agents, and gives them theirs. A note is given as new until an answer that has it was written to the
 * client; afterwards it can be had again by {@code ?after=ID}. Thread-safe.
 */
final class AgentMailResource {

    private static final int MAX_TYPE = 0xff;
    private static final String JSON = "application/json";

    private final DhtNode node;
    private final AgentRegistry registry;

    AgentMailResource(DhtNode node, AgentRegistry registry) {
        this.node = node;
        this.registry = registry;
    }

    void addTo(Router.Builder routes, LookupLimit limit) {
        Stamping stamping = new Stamping(registry);
        routes.legacy("POST", "/agents/{aid}/mailbox/send", stamping.around(limit.around(this::send)))
                .legacy("POST", "/agents/{aid}/mailbox/poll", stamping.around(limit.around(this::poll)));
    }

    private RegisteredAgent find(ApiRequest request) throws ApiException {
        return registry.find(Requests.aid(request)).orElseThrow(Requests::notFound);
    }

    private ApiResult send(ApiRequest request) throws ApiException, InterruptedException {
        Agent sender = find(request).kept().agent();
        JsonFields fields = request.anyFields();
        Address recipient = Requests.aid("recipient", fields.requiredText("recipient"));
        int type = fields.integer("msg_type", 0, 0, MAX_TYPE);
        Bytes body = Requests.base64(fields, "body_base64");
        int limit = sender.longestMail(type).orElse(-1);
        if (body.length() > limit) {
            throw ApiException.of(
                    ErrorCode.TOO_LONG,
                    limit < 0
                            ? "no note fits beside the delegation proof of " + sender.address()
                            : "body_base64: has " + body.length() + " bytes, the limit is " + limit
                                    + "; send where to find the rest");
        }
        return switch (node.sendMail(sender, recipient, type, body)) {
            case SendResult.Sent sent -> sent(sent.publication());
            case SendResult.NotStored sent -> sent(sent.publication());
            case SendResult.RecipientUnknown _ ->
                throw ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "no endpoint record of " + recipient + " found, whose key the note would be sealed with;"
                                + " has the agent published one?");
        };
    }

    /** The note is in the node's own store at least, and the node goes on storing it at others. */
    private static ApiResult sent(Publication note) {
        return ApiResult.json(
                Json.object().put("ok", true).put("replicas", note.state().replicas()));
    }

    private ApiResult poll(ApiRequest request) throws ApiException, InterruptedException {
        RegisteredAgent agent = find(request);
        Optional<String> after = request.query("after");
        List<AgentNote> notes = after.isPresent()
                ? registry.mail().after(agent, after.get())
                : registry.mail().fresh(agent);
        ObjectNode json = Json.object();
        ArrayNode messages = json.putArray("messages");
        notes.forEach(note -> messages.add(AgentJson.note(note)));
        byte[] answer = (json + "\n").getBytes(StandardCharsets.UTF_8);
        return ApiResult.streamed(JSON, out -> {
            out.write(answer);
            out.flush();
            registry.mail().markDelivered(agent, notes);
        });
    }
}
