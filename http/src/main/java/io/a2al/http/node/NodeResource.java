package io.a2al.http.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.NodeStatistics;
import io.a2al.core.api.NatStatus;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether the node works, what it is, and how the network sees it. Thread-safe. */
public final class NodeResource {

    /** Seconds after which a supervisor may ask again. */
    private static final String RETRY_AFTER = "1";

    private final DhtNode node;
    private final String version;
    private final LongSupplier nanos;
    private final long begin;

    /**
     * Paths about {@code node}.
     *
     * @param version the version of the program
     * @param nanos a monotonic clock, in nanoseconds
     */
    public NodeResource(DhtNode node, String version, LongSupplier nanos) {
        this.node = node;
        this.version = version;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/livez", _ -> ApiResult.json(Json.object().put("status", "ok")))
                .get("/v1/readyz", this::ready)
                .get("/v1/version", _ -> ApiResult.json(version()))
                .get("/v1/status", _ -> ApiResult.json(status()))
                .get("/v1/nat", _ -> ApiResult.json(nat()));
    }

    private static boolean hasJoined(NodeStatistics statistics) {
        return statistics.table().alive() > 0;
    }

    private ApiResult ready(ApiRequest request) throws ApiException {
        if (!hasJoined(node.statistics())) {
            throw ApiException.of(
                            ErrorCode.UNAVAILABLE, "no other node is known; start this one with --bootstrap HOST:PORT")
                    .withHeader("Retry-After", RETRY_AFTER);
        }
        return ApiResult.json(Json.object().put("status", "ready"));
    }

    private ObjectNode version() {
        return Json.object()
                .put("version", version)
                .put("api", "v1")
                .put("java", Runtime.version().toString());
    }

    /** Returns the node's addresses and most important numbers. */
    public ObjectNode status() {
        NodeStatistics statistics = node.statistics();
        return Json.object()
                .put("address", node.address().toString())
                .put("node_id", node.nodeId().toString())
                .put("agent", node.agent().address().toString())
                .put("listen", Endpoints.text(node.localEndpoint()))
                .put("version", version)
                .put(
                        "uptime_seconds",
                        Duration.ofNanos(nanos.getAsLong() - begin).toSeconds())
                .put("joined", hasJoined(statistics))
                .put("peers", statistics.table().alive())
                .put("network_size", statistics.table().estimatedNetworkSize())
                .put(
                        "connectivity_suspected",
                        statistics.requests().connectivity().doubted())
                .put("keys", statistics.store().keys().used())
                .put("records", statistics.store().records().used())
                .put("publications", statistics.replication().publications().used())
                .put("requests_received", statistics.messages().requestsReceived());
    }

    /** Returns how the network sees the node. */
    public ObjectNode nat() {
        NatStatus status = node.nat().status();
        ObjectNode json = Json.object()
                .put("type", Json.name(status.type()))
                .put("publish_type", Json.name(status.publishType()))
                .put(
                        "public_endpoint",
                        status.publicEndpoint().map(Endpoints::text).orElse(null))
                .put("agreeing", status.agreeing())
                .put("reporters", status.reporters())
                .put("bind_public", status.bindPublic());
        return json.put("reachable", status.reachable().orElse(null));
    }
}
