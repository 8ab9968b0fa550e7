package io.a2al.http.agents;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.KeptAgent;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.time.Instant;

/** Publishes records of any content for agents, once. Thread-safe. */
final class RecordResource {

    private static final int LAST_SOVEREIGN = 15;
    private static final long MAX_TTL = 0xffff_ffffL;
    private static final long NANOS = 1_000_000_000L;

    private final DhtNode node;
    private final AgentRegistry registry;

    RecordResource(DhtNode node, AgentRegistry registry) {
        this.node = node;
        this.registry = registry;
    }

    void addTo(Router.Builder routes) {
        routes.legacy("POST", "/agents/{aid}/records", new Stamping(registry).around(this::publish));
    }

    private ApiResult publish(ApiRequest request) throws ApiException, InterruptedException {
        RegisteredAgent agent = registry.find(Requests.aid(request)).orElseThrow(Requests::notFound);
        JsonFields fields = request.anyFields();
        int type = fields.integer("rec_type", 0, RecordType.AGENT_PROFILE, LAST_SOVEREIGN);
        long ttl = fields.unsigned("ttl", 0);
        if (type == 0) {
            throw ApiException.invalid("rec_type: missing; give 2 to " + LAST_SOVEREIGN);
        }
        if (ttl == 0 || Long.compareUnsigned(ttl, MAX_TTL) > 0) {
            throw ApiException.invalid("ttl: must be an integer from 1 to " + MAX_TTL);
        }
        Bytes payload = Requests.base64(fields, "payload_base64");
        Instant now = registry.now();
        long left = secondsLeft(agent.kept(), now);
        if (left <= 0) {
            throw ApiException.of(ErrorCode.BAD_GATEWAY, "the delegation of " + agent.address() + " has ended");
        }
        long shorter = Math.min(ttl, left);
        long sequence = sequence(agent, type, now);
        if (type == RecordType.AGENT_PROFILE) {
            registry.publisher().keepOwnProfile(agent, Duration.ofSeconds(shorter));
        }
        Publication publication = node.publish(sign(agent.kept(), type, payload, now, sequence, shorter));
        return ApiResult.json(Json.object()
                .put("ok", true)
                .put("replicas", publication.state().replicas()));
    }

    private static long secondsLeft(KeptAgent kept, Instant now) {
        return kept.delegationEnd()
                .map(end -> end.getEpochSecond() - now.getEpochSecond())
                .orElse(MAX_TTL);
    }

    private static SignedRecord sign(KeptAgent kept, int type, Bytes payload, Instant now, long sequence, long ttl) {
        RecordSigner signer = kept.agent()
                .delegation()
                .map(proof -> RecordSigner.delegated(kept.agent().key().newSigner(), kept.address(), proof.encode()))
                .orElseGet(() -> RecordSigner.self(kept.agent().key().newSigner()));
        return signer.sign(type, payload, sequence, now.getEpochSecond() - 1, ttl);
    }

    /**
     * Numbers a profile by seconds, like those that the node signs: behind the present one, and before the next one,
     * which is to take its place. Other records are numbered by nanoseconds, as other daemons do.
     */
    private static long sequence(RegisteredAgent agent, int type, Instant now) {
        long seconds = now.getEpochSecond();
        return type == RecordType.AGENT_PROFILE
                ? Math.max(
                        seconds - 1,
                        agent.profile()
                                .map(made -> made.state().record().sequence() + 1)
                                .orElse(0L))
                : seconds * NANOS + now.getNano();
    }
}
