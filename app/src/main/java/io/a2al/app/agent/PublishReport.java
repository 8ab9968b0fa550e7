package io.a2al.app.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Resumed;
import io.a2al.app.cli.Texts;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code a2al publish} tells of what it published.
 *
 * @param json as it is printed for scripts; the text for people is made of it
 */
record PublishReport(ObjectNode json) {

    private static final List<String> RECORDS = List.of("endpoint", "topic");

    /** Returns the JSON about what a node of the command's own published. */
    static ObjectNode of(ActingAgent acting, Optional<Publication> endpoint, Optional<Publication> entry) {
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
        List<PublicationNotice> notices = publication.notices();
        ObjectNode object = Json.object()
                .put("key", publication.key().toString())
                .put("replicas", state.replicas())
                .put("wanted", state.wanted())
                .put("seq", Texts.unsigned(state.record().sequence()))
                .put("ttl_seconds", state.record().ttl())
                .put("hidden", notices.stream().anyMatch(PublicationNotice.HiddenByNewerRecord.class::isInstance));
        return object.set(
                "warnings",
                Json.texts(notices.stream().map(PublicationNotice::text).toList()));
    }

    private Stream<JsonNode> records() {
        return RECORDS.stream().filter(json::has).map(json::path);
    }

    /** Returns whether another node holds a copy of each record. */
    boolean isHeld() {
        return records().allMatch(published -> published.path("replicas").asInt() > 0);
    }

    /** Prints it. */
    void print(Output output) {
        if (output.isJson()) {
            output.json(json);
        } else {
            printText(output);
        }
        records()
                .flatMap(published -> published.path("warnings").valueStream())
                .map(JsonNode::asText)
                .distinct()
                .forEach(text -> output.warn("warning: " + text));
    }

    private void printText(Output output) {
        new Resumed(json.path("resumed").asInt(), json.path("not_resumed").asInt()).print(output);
        String address = json.path("address").asText();
        String signer = json.path("signed_by").asText();
        output.line("address", address);
        if (!signer.equals(address)) {
            output.line("signed by", signer);
        }
        if (!json.path("identity_kept").asBoolean()) {
            output.line("identity", "new, and not kept; keep one with --data DIR");
        }
        RECORDS.stream().filter(json::has).forEach(what -> {
            JsonNode published = json.path(what);
            output.line(what + " key", published.path("key").asText());
            output.line(
                    what + " replicas",
                    published.path("replicas").asInt() + " of "
                            + published.path("wanted").asInt());
        });
    }

    /**
     * Fails unless readers find what was published.
     *
     * @param remedy what to do if no other node took a copy
     */
    void check(String remedy) throws CommandException {
        if (!isHeld()) {
            throw CommandException.noNetwork("no other node took a copy" + remedy);
        }
        if (records().anyMatch(published -> published.path("hidden").asBoolean())) {
            throw CommandException.failed("readers get a newer record than the one published; see the warning");
        }
    }
}
