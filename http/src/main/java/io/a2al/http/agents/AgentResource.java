package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.KeptAgent;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.registry.RegistryException;
import io.a2al.http.registry.ServiceTarget;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Registers agents with the node, shows them, and publishes where they are. Thread-safe. */
final class AgentResource {

    private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(5);

    private final DhtNode node;
    private final AgentRegistry registry;
    private final NodePublishing self;
    private final ServiceTarget.Probe probe;

    AgentResource(DhtNode node, AgentRegistry registry, NodePublishing self) {
        this.node = node;
        this.registry = registry;
        this.self = self;
        this.probe = ServiceTarget.connecting(registry.settings().probe());
    }

    void addTo(Router.Builder routes, LookupLimit limit) {
        Stamping stamping = new Stamping(registry);
        routes.legacy("POST", "/agents", this::register)
                .legacy("GET", "/agents", _ -> list())
                .legacy("GET", "/agents/{aid}", request -> ApiResult.json(json(find(request))))
                .legacy("PATCH", "/agents/{aid}", stamping.around(this::patch))
                .legacy("DELETE", "/agents/{aid}", this::remove)
                .legacy("GET", "/agents/{aid}/probe", limit.around(this::probe))
                .legacy("GET", "/agents/{aid}/export", this::export)
                .legacy("POST", "/agents/{aid}/publish", stamping.around(this::publish))
                .legacy("POST", "/agents/{aid}/heartbeat", stamping.around(this::heartbeat));
    }

    private RegisteredAgent find(ApiRequest request) throws ApiException {
        return registry.find(Requests.aid(request)).orElseThrow(Requests::notFound);
    }

    private ObjectNode json(RegisteredAgent agent) {
        return AgentJson.of(agent, registry.now());
    }

    private ApiResult register(ApiRequest request) throws ApiException {
        JsonFields fields = request.anyFields();
        Identity key = Requests.key(fields, Requests.OPERATIONAL_KEY);
        try {
            DelegationProof proof = DelegationProof.decode(Requests.hex(fields, Requests.PROOF)
                    .orElseThrow(() -> ApiException.invalid(Requests.PROOF + ": missing")));
            return register(key, proof, fields.text(Requests.TARGET).orElse(""));
        } catch (InvalidDelegationException e) {
            throw ApiException.invalid(Requests.PROOF + ": " + e.getMessage());
        }
    }

    /** Registers an agent by its key and proof. */
    ApiResult register(Identity key, DelegationProof proof, String target)
            throws ApiException, InvalidDelegationException {
        Agent agent = Agent.delegated(key, proof);
        if (self.isNode(agent.address())) {
            throw ApiException.invalid(agent.address() + " is this node itself, which need not be registered");
        }
        try {
            RegisteredAgent registered = registry.register(agent, proof, Requests.target(target));
            return ApiResult.json(
                    Json.object().put("aid", registered.address().toString()).put("status", "registered"));
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.INTERNAL);
        }
    }

    private ApiResult list() {
        ObjectNode json = Json.object();
        ArrayNode agents = json.putArray("agents");
        registry.all().forEach(agent -> agents.add(json(agent)));
        if (!registry.damaged().isEmpty()) {
            json.set("damaged", Json.texts(registry.damaged()));
        }
        return ApiResult.json(json);
    }

    private ApiResult patch(ApiRequest request) throws ApiException {
        RegisteredAgent agent = find(request);
        JsonFields fields = request.anyFields();
        if (fields.names().contains(Requests.OPERATIONAL_KEY)
                && !Requests.key(fields, Requests.OPERATIONAL_KEY)
                        .publicKey()
                        .equals(agent.kept().agent().publicKey())) {
            throw ApiException.of(ErrorCode.FORBIDDEN, "the agent is registered with another key");
        }
        Optional<String> target = fields.text(Requests.TARGET);
        if (target.isPresent()) {
            try {
                registry.setTarget(agent.address(), Requests.target(target.get()));
            } catch (RegistryException e) {
                throw Requests.failure(e, ErrorCode.INTERNAL);
            }
        }
        return ApiResult.json(Json.object().put("status", "updated"));
    }

    private ApiResult remove(ApiRequest request) throws ApiException {
        Address address = Requests.aid(request);
        if (self.isNode(address)) {
            throw ApiException.invalid(address + " is this node itself, which cannot be removed");
        }
        try {
            var _ = registry.remove(address);
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.INTERNAL);
        }
        return ApiResult.json(Json.object().put("ok", true));
    }

    private ApiResult probe(ApiRequest request) throws ApiException, InterruptedException {
        KeptAgent kept = find(request).kept();
        CompletableFuture<ResolveResult> resolving = kept.sequence() == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("not published"))
                : node.query().withTimeout(RESOLVE_LIMIT).resolveAsync(kept.address());
        ObjectNode json = Json.object();
        if (kept.target().isEmpty()) {
            json.putNull("service_tcp_ok");
        } else {
            json.put("service_tcp_ok", accepts(kept.target()));
        }
        Optional<ResolveResult.Found> found = await(resolving);
        if (found.isEmpty()) {
            json.putNull("published_endpoints").putNull("published_nat_type").putNull("published_record_seq");
        } else {
            var record = found.get().endpoint();
            json.set("published_endpoints", Json.texts(record.payload().endpoints()));
            json.put("published_nat_type", record.payload().natCode());
            Json.putUnsigned(json, "published_record_seq", record.record().sequence());
        }
        return ApiResult.json(json);
    }

    private boolean accepts(String target) {
        try {
            return probe.accepts(ServiceTarget.parse(target));
        } catch (IllegalArgumentException noLongerHere) {
            return false;
        }
    }

    private static Optional<ResolveResult.Found> await(CompletableFuture<ResolveResult> resolving)
            throws InterruptedException {
        try {
            return resolving.get() instanceof ResolveResult.Found found ? Optional.of(found) : Optional.empty();
        } catch (ExecutionException nothing) {
            return Optional.empty();
        }
    }

    private ApiResult export(ApiRequest request) throws ApiException {
        Requests.requireLocal(request);
        KeptAgent kept = find(request).kept();
        return ApiResult.json(Json.object()
                .put("aid", kept.address().toString())
                .put(Requests.OPERATIONAL_KEY, Requests.keyHex(kept.agent().key()))
                .put(Requests.PROOF, kept.proof().encode().toHex())
                .put(Requests.TARGET, kept.target()));
    }

    private ApiResult publish(ApiRequest request) throws ApiException, InterruptedException {
        Address address = Requests.aid(request);
        try {
            long sequence = self.isNode(address)
                    ? self.publishEndpoint()
                    : registry.publisher().publish(address);
            ObjectNode json = Json.object().put("ok", true);
            Json.putUnsigned(json, "seq", sequence);
            return ApiResult.json(json);
        } catch (RegistryException e) {
            throw Requests.failure(e, ErrorCode.INTERNAL);
        }
    }

    private ApiResult heartbeat(ApiRequest request) throws ApiException {
        var _ = find(request);
        return ApiResult.json(Json.object().put("status", "ok"));
    }
}
