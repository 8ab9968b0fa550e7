package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds agents and their records. Thread-safe. */
final class AgentLookupResource {

    private static final int MAX_TYPE = 0xff;

    /** Topics that one request may ask for; each is a lookup. */
    private static final int MAX_TOPICS = 16;

    private final DhtNode node;

    AgentLookupResource(DhtNode node) {
        this.node = node;
    }

    void addTo(Router.Builder routes, LookupLimit limit) {
        routes.legacy("POST", "/resolve/{aid}", limit.around(this::resolve))
                .legacy("GET", "/resolve/{aid}/records", limit.around(this::records))
                .legacy("POST", "/discover", limit.around(this::discover));
    }

    private ApiResult resolve(ApiRequest request) throws ApiException, InterruptedException {
        Address address = Requests.aid(request);
        if (node.resolve(address) instanceof ResolveResult.Found answer) {
            EndpointRecord found = answer.endpoint();
            ObjectNode json = Json.object().put("address", found.address().toString());
            putTexts(json, "endpoints", found.payload().wireEndpoints());
            json.put("nat_type", found.payload().natCode());
            return ApiResult.json(putNumbers(json, found.record()));
        }
        throw ApiException.of(
                ErrorCode.NOT_FOUND, "no endpoint record of " + address + " found; has the agent published one?");
    }

    private static void putTexts(ObjectNode json, String name, Optional<List<String>> texts) {
        texts.ifPresentOrElse(list -> json.set(name, Json.texts(list)), () -> json.putNull(name));
    }

    private static ObjectNode putNumbers(ObjectNode json, SignedRecord record) {
        Json.putUnsigned(json, "seq", record.sequence());
        Json.putUnsigned(json, "timestamp", record.timestamp());
        return json.put("ttl", record.ttl());
    }

    private ApiResult records(ApiRequest request) throws ApiException, InterruptedException {
        Address address = Requests.aid(request);
        int type = request.queryInteger("type", RecordType.ANY, MAX_TYPE).orElse(RecordType.ANY);
        ObjectNode json = Json.object();
        ArrayNode records = json.putArray("records");
        for (VerifiedRecord found :
                node.query().aggregate(NodeId.ofAddress(address), type).records()) {
            write(records.addObject(), found.record());
        }
        return ApiResult.json(json);
    }

    private static void write(ObjectNode json, SignedRecord record) {
        json.put("aid", record.address().toString())
                .put("rec_type", record.type())
                .put("payload_base64", base64(record.payload().orElse(Bytes.EMPTY)));
        putNumbers(json, record)
                .put("pubkey_base64", base64(record.publicKey()))
                .put("signature_base64", base64(record.signature()));
        record.delegation().ifPresent(proof -> json.put("delegation_base64", base64(proof)));
        profile(record).ifPresent(profile -> json.set("profile", AgentJson.profile(profile)));
    }

    /** Any content can be published as a profile; what is none is shown as it is. */
    private static Optional<AgentProfilePayload> profile(SignedRecord record) {
        if (record.type() != RecordType.AGENT_PROFILE || record.payload().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AgentProfilePayload.decode(record.payload().get()));
        } catch (InvalidRecordException noProfile) {
            return Optional.empty();
        }
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private ApiResult discover(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.anyFields();
        List<String> services = fields.texts("services");
        if (services.isEmpty() || services.size() > MAX_TOPICS || services.contains("")) {
            throw ApiException.invalid("services: give a list of 1 to " + MAX_TOPICS + " topics");
        }
        Optional<JsonFields> wanted = fields.anyObject("filter");
        TopicFilter filter = wanted.isPresent()
                ? new TopicFilter(wanted.get().texts("protocols"), wanted.get().texts("tags"))
                : new TopicFilter(List.of(), List.of());
        DiscoverResult first = node.discover(services.getFirst(), filter);
        Set<Address> inAll = new HashSet<>();
        first.entries().forEach(entry -> inAll.add(entry.address()));
        for (String service : services.subList(1, services.size())) {
            Set<Address> offering = new HashSet<>();
            node.discover(service, filter).entries().forEach(entry -> offering.add(entry.address()));
            inAll.retainAll(offering);
        }
        ObjectNode json = Json.object();
        ArrayNode entries = json.putArray("entries");
        first.entries().stream()
                .filter(entry -> inAll.contains(entry.address()))
                .forEach(entry -> write(entries.addObject(), entry));
        return ApiResult.json(json);
    }

    private static void write(ObjectNode json, TopicEntry entry) {
        TopicPayload payload = entry.payload();
        json.put("aid", entry.address().toString());
        putNumbers(json, entry.record())
                .put("version", payload.version())
                .put("service", payload.topic())
                .put("name", payload.name());
        putTexts(json, "protocols", payload.wireProtocols());
        putTexts(json, "tags", payload.wireTags());
        json.put("brief", payload.brief());
        if (payload.meta().isEmpty()) {
            json.putNull("meta");
        } else {
            json.set("meta", CborJson.toJson(payload.meta()));
        }
    }
}
