package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.NatStatus;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.protocol.record.SignedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
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
                .get("/debug/host", _ -> ApiResult.json(host()))
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

    /** A debug page that daemons add to those of a node (node.md section 16). */
    private ObjectNode host() {
        NatStatus nat = node.nat().status();
        ObjectNode json = Json.object()
                .put("address", node.address().toString())
                .put("dht_addr", Endpoints.text(node.localEndpoint()))
                .put("quic_addr", "");
        ArrayNode agents = json.putArray("agents");
        registry.all().forEach(agent -> agents.add(agent.address().toString()));
        json.put("nat_type", nat.type().code())
                .put("nat_type_label", nat.type().name().toLowerCase(Locale.ROOT))
                .put("nat_bind_public", nat.bindPublic());
        nat.publicEndpoint().ifPresent(endpoint -> {
            InetSocketAddress observed = Endpoints.toSocketAddress(endpoint);
            json.put("observed_host", observed.getHostString()).put("observed_port", observed.getPort());
        });
        return json.put("min_observed_peers", ConfigResource.MIN_OBSERVED_PEERS);
    }

    /** This program does not update itself. */
    private static ObjectNode putUpdate(ObjectNode json) {
        return json.put("update_state", "none")
                .put("update_available", false)
                .put("latest_version", "")
                .putNull("last_update_check");
    }
}
