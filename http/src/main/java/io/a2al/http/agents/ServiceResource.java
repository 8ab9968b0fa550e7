package io.a2al.http.agents;

import io.a2al.http.registry.AgentPublisher;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.registry.RegistryException;
import io.a2al.http.registry.ServiceEntry;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.TopicPayload;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What agents offer under topics, and how they describe themselves. Thread-safe. */
final class ServiceResource {

    private static final long MAX_TTL = 0xffff_ffffL;
    private static final int HASH_LENGTH = 32;
    private static final Pattern HASH_HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final AgentRegistry registry;
    private final NodePublishing self;

    ServiceResource(AgentRegistry registry, NodePublishing self) {
        this.registry = registry;
        this.self = self;
    }

    void addTo(Router.Builder routes) {
        Stamping stamping = new Stamping(registry);
        routes.legacy("POST", "/agents/{aid}/services", stamping.around(this::put))
                .legacy("DELETE", "/agents/{aid}/services/{service*}", stamping.around(this::remove))
                .legacy("POST", "/agents/{aid}/profile", stamping.around(this::setProfile))
                .legacy("DELETE", "/agents/{aid}/profile", stamping.around(this::resetProfile));
    }

    private RegisteredAgent find(Address address) throws ApiException {
        return registry.find(address).orElseThrow(Requests::notFound);
    }

    private static ApiResult ok() {
        return ApiResult.json(Json.object().put("ok", true));
    }

    private ApiResult put(ApiRequest request) throws ApiException, InterruptedException {
        Address address = Requests.aid(request);
        boolean isNode = self.isNode(address);
        if (!isNode) {
            var _ = find(address);
        }
        List<ServiceEntry> services = services(request.anyFields());
        try {
            if (isNode) {
                publishForNode(services);
            } else {
                registry.publisher().putServices(address, services);
            }
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.BAD_GATEWAY);
        }
        return ok();
    }

    private void publishForNode(List<ServiceEntry> services) throws ApiException, InterruptedException {
        for (ServiceEntry service : services) {
            checkLimits(service.payload());
        }
        for (ServiceEntry service : services) {
            self.publish(service.payload());
        }
    }

    private static void checkLimits(TopicPayload payload) throws ApiException {
        try {
            payload.checkLimits();
        } catch (InvalidRecordException e) {
            throw ApiException.invalid("services: " + e.getMessage());
        }
    }

    private static List<ServiceEntry> services(JsonFields fields) throws ApiException {
        List<String> topics = fields.texts("services");
        if (topics.isEmpty()) {
            throw ApiException.invalid("services: missing; give a list of topics");
        }
        long ttl = fields.unsigned("ttl", 0);
        if (Long.compareUnsigned(ttl, MAX_TTL) > 0) {
            throw ApiException.invalid("ttl: must be an integer from 0 to " + MAX_TTL);
        }
        String name = fields.text("name").orElse("");
        String brief = fields.text("brief").orElse("");
        Optional<List<String>> protocols = Optional.of(fields.texts("protocols"));
        Optional<List<String>> tags = Optional.of(fields.texts("tags"));
        Map<String, CborValue> meta = fields.json("meta").map(CborJson::toCbor).orElse(Map.of());
        List<ServiceEntry> services = new ArrayList<>();
        for (String topic : topics) {
            services.add(new ServiceEntry(new TopicPayload(1, topic, name, protocols, tags, brief, meta), ttl));
        }
        return services;
    }

    private ApiResult remove(ApiRequest request) throws ApiException {
        Address address = Requests.aid(request);
        String topic = request.parameter("service");
        if (self.isNode(address)) {
            self.end(topic);
            return ok();
        }
        try {
            registry.publisher().removeService(find(address).address(), topic);
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.INTERNAL);
        }
        return ok();
    }

    private ApiResult setProfile(ApiRequest request) throws ApiException {
        RegisteredAgent agent = find(Requests.aid(request));
        JsonFields fields = request.anyFields();
        return setProfile(
                agent,
                Optional.of(new AgentProfilePayload(
                        1,
                        fields.text("name").orElse(""),
                        fields.text("brief").orElse(""),
                        fields.texts("protocols"),
                        fields.texts("skills"),
                        hash(fields),
                        fields.texts("modalities"),
                        fields.json("meta").map(CborJson::toCbor).orElse(Map.of()))));
    }

    /** A SHA-256 in hexadecimal or in Base64. */
    private static Bytes hash(JsonFields fields) throws ApiException {
        String text = fields.text("card_hash").orElse("");
        if (text.isEmpty()) {
            return Bytes.EMPTY;
        }
        if (HASH_HEX.matcher(text).matches()) {
            return Bytes.fromHex(text);
        }
        try {
            Bytes hash = Bytes.copyOf(Base64.getDecoder().decode(text));
            if (hash.length() == HASH_LENGTH) {
                return hash;
            }
        } catch (IllegalArgumentException neither) {
            // Reported below.
        }
        throw ApiException.invalid("card_hash: no SHA-256; give 64 hexadecimal digits, or 44 characters of Base64");
    }

    private ApiResult resetProfile(ApiRequest request) throws ApiException {
        return setProfile(find(Requests.aid(request)), Optional.empty());
    }

    private ApiResult setProfile(RegisteredAgent agent, Optional<AgentProfilePayload> profile) throws ApiException {
        AgentPublisher publisher = registry.publisher();
        try {
            publisher.setProfile(agent.address(), profile);
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.BAD_GATEWAY);
        }
        return ok();
    }
}
