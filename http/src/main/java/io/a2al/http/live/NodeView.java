package io.a2al.http.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.NodeStatistics;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.routing.TableStatistics;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.http.node.NodeResource;
import io.a2al.http.route.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The node at a glance: whether it has joined and why not, its contacts by health, what it holds against its limits,
 * what it refuses, and how its publications are held. Rates are those since the view before. Not thread-safe.
 */
final class NodeView {

    private static final double NANOS_PER_SECOND = 1e9;

    private final DhtNode node;
    private final NodeResource resource;
    private final LongSupplier nanos;
    private Map<String, Long> refusedBefore = Map.of();
    private long before;

    /**
     * A view of {@code node}.
     *
     * @param nanos a monotonic clock, in nanoseconds
     */
    NodeView(DhtNode node, NodeResource resource, LongSupplier nanos) {
        this.node = node;
        this.resource = resource;
        this.nanos = nanos;
        this.before = nanos.getAsLong();
    }

    /** Returns the view of this moment. */
    ObjectNode now() {
        NodeStatistics statistics = node.statistics();
        ObjectNode json = resource.status();
        json.put("why_not", json.path("joined").booleanValue() ? null : whyNot(statistics.table()));
        json.set("nat", resource.nat());
        json.put("contacts", statistics.table().contacts().used());
        ObjectNode health = json.putObject("health");
        statistics.table().byHealth().forEach((state, count) -> health.put(Json.name(state), count));
        json.set("store", store(statistics));
        json.set("refused", refused(statistics, node.traffic()));
        var replicas = node.publications().statistics().replicas();
        json.putObject("publication_counts").put("open", replicas.records()).put("below", replicas.lacking());
        return json;
    }

    /** Returns why the node has not joined. */
    private static String whyNot(TableStatistics table) {
        int contacts = table.contacts().used();
        return contacts == 0
                ? "it knows no other node; start it with --bootstrap HOST:PORT"
                : "none of its " + contacts + " contacts answers";
    }

    private static ArrayNode store(NodeStatistics statistics) {
        ArrayNode parts = Json.object().putArray("parts");
        Occupancy records = statistics.store().records();
        add(parts, "keys", statistics.store().keys());
        add(parts, "records", records);
        statistics
                .store()
                .byCategory()
                .forEach((category, count) -> parts.addObject()
                        .put("name", Json.name(category))
                        .put("used", count)
                        .put("limit", records.limit()));
        return parts;
    }

    private static void add(ArrayNode parts, String name, Occupancy occupancy) {
        parts.addObject().put("name", name).put("used", occupancy.used()).put("limit", occupancy.limit());
    }

    private ArrayNode refused(NodeStatistics statistics, TrafficStatistics traffic) {
        Map<String, Long> counts = new LinkedHashMap<>();
        traffic.dropped().forEach((reason, count) -> counts.put(Json.name(reason), count));
        counts.put("records-beyond-a-quota", statistics.store().overQuota());
        counts.put("records-beyond-a-networks-share", statistics.store().crowdedOut());
        counts.put("contacts-beyond-a-networks-share", statistics.table().crowdedOut());
        counts.put("answers-withheld", statistics.guard().repliesWithheld());
        counts.put("answers-truncated", statistics.guard().repliesShortened());
        long now = nanos.getAsLong();
        double seconds = Math.max(1, now - before) / NANOS_PER_SECOND;
        ArrayNode rows = Json.object().putArray("rows");
        counts.forEach((reason, count) -> {
            if (count > 0) {
                long more = count - refusedBefore.getOrDefault(reason, 0L);
                rows.addObject()
                        .put("reason", reason)
                        .put("total", count)
                        .put("per_second", Math.round(more / seconds * 10) / 10.0);
            }
        });
        before = now;
        refusedBefore = counts;
        return rows;
    }
}
