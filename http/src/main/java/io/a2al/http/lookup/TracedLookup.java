package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.Freshness;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.LookupStep;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Query;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.NodesResult;
import io.a2al.dht.result.RecordsResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A lookup that a client describes in JSON. Immutable and thread-safe. */
final class TracedLookup {

    private enum Kind {
        RESOLVE,
        DISCOVER,
        FIND_NODE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_TIMEOUT_MS = 60_000;

    private final Query query;
    private final Kind kind;
    private final NodeId key;

    private TracedLookup(Query query, Kind kind, NodeId key) {
        this.query = query;
        this.kind = kind;
        this.key = key;
    }

    static TracedLookup of(DhtNode node, ApiRequest request) throws ApiException {
        JsonFields fields = request.fields(
                Set.of("address", "freshness", "holders", "key", "kind", "paths", "timeout_ms", "topic"));
        Optional<String> address = fields.text("address");
        Optional<String> topic = fields.text("topic");
        Optional<String> key = fields.text("key");
        if (Stream.of(address, topic, key).filter(Optional::isPresent).count() != 1) {
            throw ApiException.invalid("body: give one of address, topic and key");
        }
        if (topic.filter(String::isEmpty).isPresent()) {
            throw ApiException.invalid("topic: empty; give a text");
        }
        Kind kind = kind(
                fields.text("kind"),
                address.isPresent() ? Kind.RESOLVE : topic.isPresent() ? Kind.DISCOVER : Kind.FIND_NODE);
        if (address.isPresent()) {
            return new TracedLookup(
                    query(node, fields), kind, NodeId.ofAddress(ApiRequest.address("address", address.get())));
        }
        return new TracedLookup(
                query(node, fields),
                kind,
                topic.isPresent() ? Topics.keyOf(topic.get()) : ApiRequest.nodeId("key", key.orElseThrow()));
    }

    private static Kind kind(Optional<String> text, Kind absent) throws ApiException {
        if (text.isEmpty()) {
            return absent;
        }
        for (Kind kind : Kind.values()) {
            if (kind.text().equals(text.get())) {
                return kind;
            }
        }
        throw ApiException.invalid(
                "kind: \"" + text.get() + "\" is not known; choose one of resolve, discover and find_node");
    }

    private static Query query(DhtNode node, JsonFields fields) throws ApiException {
        int timeout = fields.integer("timeout_ms", (int) Query.DEFAULT_TIMEOUT.toMillis(), 1, MAX_TIMEOUT_MS);
        int holders = fields.integer("holders", 0, 1, LookupOptions.MAX_HOLDERS);
        Query query = node.query()
                .withTimeout(Duration.ofMillis(timeout))
                .withPaths(fields.integer("paths", 1, 1, LookupOptions.MAX_PATHS))
                .withFreshness(freshness(fields.text("freshness").orElse("newest")));
        return holders == 0 ? query : query.withHolders(holders);
    }

    private static Freshness freshness(String text) throws ApiException {
        for (Freshness freshness : Freshness.values()) {
            if (Json.name(freshness).equals(text)) {
                return freshness;
            }
        }
        throw ApiException.invalid(
                "freshness: \"" + text + "\" is not known; choose one of first, newest and majority");
    }

    /**
     * Begins. The future has {@code {"kind":…,"key":…,"report":…,"result":…}}, after the last step was told.
     *
     * @param consumer called for each step, by one thread at a time
     */
    CompletableFuture<ObjectNode> begin(Consumer<LookupStep> consumer) {
        Query traced = query.withTrace(consumer);
        return switch (kind) {
            case RESOLVE -> derive(traced.resolveAsync(key), this::resolved);
            case DISCOVER -> derive(traced.aggregateAsync(key, RecordType.TOPIC), this::discovered);
            case FIND_NODE -> derive(traced.findNodeAsync(key), this::nodes);
        };
    }

    /** Ending the derived future ends the lookup. */
    private static <T> CompletableFuture<ObjectNode> derive(
            CompletableFuture<T> source, Function<T, ObjectNode> reading) {
        CompletableFuture<ObjectNode> result = source.thenApply(reading);
        var _ = result.whenComplete((json, failure) -> source.cancel(false));
        return result;
    }

    private ObjectNode end(LookupReport report, ObjectNode result) {
        ObjectNode json = Json.object().put("kind", kind.text()).put("key", key.toHex());
        json.set("report", LookupJson.report(report));
        return json.set("result", result);
    }

    private ObjectNode resolved(ResolveResult result) {
        return switch (result) {
            case ResolveResult.Found(EndpointRecord found, LookupReport report) ->
                end(report, LookupJson.endpoint(found).put("found", true));
            case ResolveResult.NotFound(LookupReport report) ->
                end(report, Json.object().put("found", false));
        };
    }

    private ObjectNode discovered(RecordsResult result) {
        ObjectNode json = Json.object();
        ArrayNode entries = json.putArray("entries");
        result.records().forEach(record -> entries.add(LookupJson.entry(TopicEntry.of(record))));
        return end(result.report(), json);
    }

    private ObjectNode nodes(NodesResult result) {
        ObjectNode json = Json.object();
        ArrayNode nodes = json.putArray("nodes");
        result.nodes().forEach(node -> LookupJson.putContact(nodes.addObject(), node));
        return end(result.report(), json);
    }
}
