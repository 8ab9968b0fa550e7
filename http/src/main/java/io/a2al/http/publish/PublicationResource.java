package io.a2al.http.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.publish.OpenPublications.Named;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.EncodedBytes;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishes for the node's agent: where it can be reached, and what it offers under topics; and records that others
 * signed elsewhere. Thread-safe.
 */
public final class PublicationResource {

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://\\S+");

    private static final String ONE_OF =
            "body: give one of endpoint {\"urls\":[…]}, topic {\"topic\":…} and record {\"data\":…}";

    /** Longer records fit no datagram. */
    private static final int MAX_RECORD = 1200;

    private final OpenPublications open;

    /** Shows and changes {@code open}. */
    public PublicationResource(OpenPublications open) {
        this.open = open;
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/publications", this::publish)
                .get("/v1/publications", _ -> ApiResult.json(all()))
                .get("/v1/publications/{id}", request -> ApiResult.json(PublicationJson.of(find(request))))
                .delete("/v1/publications/{id}", this::end);
    }

    private ApiResult publish(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.fields(Set.of("endpoint", "keep", "record", "topic"));
        Optional<JsonFields> record = fields.object("record", Set.of("data", "encoding", "key"));
        if (record.isPresent()) {
            return publishRecord(fields, record.get());
        }
        boolean keep = fields.flag("keep");
        Optional<JsonFields> endpoint = fields.object("endpoint", Set.of("nat", "urls"));
        Optional<JsonFields> topic = fields.object("topic", Set.of("brief", "name", "protocols", "tags", "topic"));
        if (endpoint.isPresent() == topic.isPresent()) {
            throw ApiException.invalid(ONE_OF);
        }
        RecordPayload payload = endpoint.isPresent() ? endpoint(endpoint.get()) : topic(topic.orElseThrow());
        try {
            payload.checkLimits();
        } catch (InvalidRecordException e) {
            throw ApiException.invalid("body: " + e.getMessage());
        }
        return ApiResult.created(PublicationJson.of(open.publish(payload, keep)));
    }

    /** Publishes a record as it is; the node checks its signature, validity and size. */
    private ApiResult publishRecord(JsonFields fields, JsonFields record) throws ApiException, InterruptedException {
        if (fields.names().contains("endpoint") || fields.names().contains("topic")) {
            throw ApiException.invalid(ONE_OF);
        }
        if (fields.names().contains("keep")) {
            throw ApiException.invalid("keep: a node that keeps publications keeps a record in any case; leave it out");
        }
        Bytes data = EncodedBytes.read(record, MAX_RECORD);
        Optional<String> key = record.text("key");
        Optional<NodeId> at =
                key.isPresent() ? Optional.of(ApiRequest.nodeId("record.key", key.get())) : Optional.empty();
        try {
            return ApiResult.created(PublicationJson.of(open.publish(at, SignedRecord.decode(data))));
        } catch (CborException e) {
            throw ApiException.invalid("record.data: no signed record: " + e.getMessage() + "; see POST /v1/inspect");
        }
    }

    private static EndpointPayload endpoint(JsonFields fields) throws ApiException {
        List<String> urls = fields.texts("urls");
        if (urls.isEmpty()) {
            throw ApiException.invalid(
                    "endpoint.urls: missing; give a list, for example [\"https://agent.example/a2a\"]");
        }
        for (String url : urls) {
            if (!URL.matcher(url).matches()) {
                throw ApiException.invalid(
                        "endpoint.urls: \"" + url + "\" is no URL; write for example https://agent.example/a2a");
            }
        }
        return EndpointPayload.of(urls).withNatType(natType(fields.text("nat").orElse("unknown")));
    }

    private static NatType natType(String name) throws ApiException {
        for (NatType type : NatType.values()) {
            if (Json.name(type).equals(name)) {
                return type;
            }
        }
        String names = Stream.of(NatType.values()).map(Json::name).collect(Collectors.joining(", "));
        throw ApiException.invalid("endpoint.nat: \"" + name + "\" is not known; choose one of " + names);
    }

    private static TopicPayload topic(JsonFields fields) throws ApiException {
        return TopicPayload.of(
                        fields.requiredText("topic"),
                        fields.text("name").orElse(""),
                        fields.texts("protocols"),
                        fields.texts("tags"))
                .withBrief(fields.text("brief").orElse(""));
    }

    /** Returns the open publications that were made here, and those that are kept. */
    public ObjectNode all() {
        ObjectNode json = Json.object();
        ArrayNode publications = json.putArray("publications");
        open.all().forEach(named -> publications.add(PublicationJson.of(named)));
        return json;
    }

    private Named find(ApiRequest request) throws ApiException {
        String id = request.parameter("id");
        return open.find(id)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.NOT_FOUND, "no open publication " + id + "; GET /v1/publications lists them"));
    }

    private ApiResult end(ApiRequest request) throws ApiException {
        Named named = find(request);
        named.publication().close();
        return ApiResult.json(Json.object().put("id", named.name()).put("open", false));
    }
}
