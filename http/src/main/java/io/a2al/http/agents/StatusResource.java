package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How the node is. Thread-safe. */
final class StatusResource {

    private static final int READY_PEERS = 3;
    private static final Duration READY_AFTER = Duration.ofSeconds(30);
    private static final long TTL_SECONDS = 3600;

    private final DhtNode node;
    private final AgentRegistry registry;
    private final NodePublishing self;
    private final String version;
    private final LongSupplier nanos;
    private final long begin;

    /**
     * The status of {@code node}.
     *
     * @param nanos a monotonic clock, in nanoseconds
     */
    StatusResource(DhtNode node, AgentRegistry registry, NodePublishing self, String version, LongSupplier nanos) {
        this.node = node;
        this.registry = registry;
        this.self = self;
        this.version = version;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    void addTo(Router.Builder routes) {
        routes.legacy("GET", "/health", _ -> ApiResult.json(Json.object().put("status", "ok")))
                .legacy("GET", "/status", _ -> ApiResult.json(status()))
                .legacy("GET", "/update/status", _ -> ApiResult.json(putUpdate(Json.object())));
    }

    private ObjectNode status() {
        Optional<SignedRecord> endpoint = self.endpoint();
        Duration up = Duration.ofNanos(nanos.getAsLong() - begin);
        int peers = node.statistics().table().alive();
        ObjectNode json =
                Json.object().put("node_aid", node.address().toString()).put("auto_publish", registry.isAutoPublish());
        Json.putUnsigned(json, "node_seq", endpoint.map(SignedRecord::sequence).orElse(0L));
        json.put("node_published", endpoint.isPresent());
        AgentJson.putTimes(json, "node_last_publish_at", "node_next_republish_estimate", endpoint);
        json.put("republish_interval_s", AgentJson.RENEWAL_SECONDS)
                .put("endpoint_ttl_s", TTL_SECONDS)
                .put("version", version)
                .put("commit", "")
                .put("uptime_seconds", up.toSeconds())
                .put("dht_peers", peers)
                .put("network_ready", peers >= READY_PEERS && up.compareTo(READY_AFTER) >= 0)
                .put("persistent_service", false);
        return putUpdate(json);
    }

    /** This program does not update itself. */
    private static ObjectNode putUpdate(ObjectNode json) {
        return json.put("update_state", "none")
                .put("update_available", false)
                .put("latest_version", "")
                .putNull("last_update_check");
    }
}
