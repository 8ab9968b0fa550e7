package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.Freshness;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Query;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.ResolveResult;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds agents, by address or by topic. Thread-safe. */
public final class LookupResource {

    private static final int MAX_TIMEOUT_MS = 60_000;

    /** Publishers renew a record at half of its time to live. */
    private static final int RENEWALS_PER_LIFE = 2;

    private final DhtNode node;
    private final LongSupplier unixSeconds;
    private final SharedLookups<Wanted, ResolveResult> lookups = new SharedLookups<>(SharedLookups.PATIENCE);

    /**
     * Lookups by {@code node}.
     *
     * @param unixSeconds the clock of records
     */
    public LookupResource(DhtNode node, LongSupplier unixSeconds) {
        this.node = node;
        this.unixSeconds = unixSeconds;
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/resolve/{address}", this::resolve, "fresh", "holders", "paths", "timeout_ms")
                .get("/v1/topics", this::discoverByQuery, "protocol", "tag", "topic")
                .get("/v1/topics/{topic*}", this::discoverByPath, "protocol", "tag");
    }

    private ApiResult resolve(ApiRequest request) throws ApiException, InterruptedException {
        Wanted wanted = wanted(request);
        Optional<EndpointRecord> own =
                wanted.freshness() == Freshness.FIRST ? ownCopy(wanted.address()) : Optional.empty();
        ResolveResult result = own.isPresent()
                ? new ResolveResult.Found(own.get(), LookupReport.NO_REQUESTS)
                : lookups.get(wanted, () -> wanted.on(node).resolveAsync(wanted.address()));
        return switch (result) {
            case ResolveResult.Found(EndpointRecord found, LookupReport report) ->
                ApiResult.json(LookupJson.endpoint(found).set("lookup", LookupJson.report(report)));
            case ResolveResult.NotFound(LookupReport report) ->
                throw ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "no endpoint record of " + wanted.address() + " found; has the agent published one?",
                        Json.object().set("lookup", LookupJson.report(report)));
        };
    }

    /**
     * Returns the record that this node holds itself, as the first holder may be any. One past half of its time to live
     * should have been renewed since, so that others are asked.
     */
    private Optional<EndpointRecord> ownCopy(Address address) {
        return node.store().getEndpoint(NodeId.ofAddress(address)).filter(found -> {
            SignedRecord record = found.record();
            return unixSeconds.getAsLong() - record.timestamp() < record.ttl() / RENEWALS_PER_LIFE;
        });
    }

    /** What a request for an address asks for; equal ones share a lookup. */
    private record Wanted(
            Address address,
            Freshness freshness,
            Optional<Integer> timeout,
            Optional<Integer> paths,
            Optional<Integer> holders) {

        Query on(DhtNode node) {
            Query query = node.query().withFreshness(freshness);
            if (timeout.isPresent()) {
                query = query.withTimeout(Duration.ofMillis(timeout.get()));
            }
            if (paths.isPresent()) {
                query = query.withPaths(paths.get());
            }
            return holders.isPresent() ? query.withHolders(holders.get()) : query;
        }
    }

    private static Wanted wanted(ApiRequest request) throws ApiException {
        return new Wanted(
                ApiRequest.address("address", request.parameter("address")),
                freshness(request.query("fresh").orElse("newest")),
                request.queryInteger("timeout_ms", 1, MAX_TIMEOUT_MS),
                request.queryInteger("paths", 1, LookupOptions.MAX_PATHS),
                request.queryInteger("holders", 1, LookupOptions.MAX_HOLDERS));
    }

    private static Freshness freshness(String level) throws ApiException {
        for (Freshness freshness : Freshness.values()) {
            if (Json.name(freshness).equals(level)) {
                return freshness;
            }
        }
        throw ApiException.invalid("fresh: \"" + level + "\"; choose first, newest or majority");
    }

    private ApiResult discoverByPath(ApiRequest request) throws InterruptedException {
        return discover(request.parameter("topic"), request);
    }

    private ApiResult discoverByQuery(ApiRequest request) throws ApiException, InterruptedException {
        String topic = request.query("topic").orElse("");
        if (topic.isEmpty()) {
            throw ApiException.invalid("topic: missing; ask for /v1/topics/NAME or /v1/topics?topic=NAME");
        }
        return discover(topic, request);
    }

    private ApiResult discover(String topic, ApiRequest request) throws InterruptedException {
        TopicFilter filter = new TopicFilter(request.queryAll("protocol"), request.queryAll("tag"));
        DiscoverResult result = node.discover(topic, filter);
        ObjectNode json = Json.object().put("topic", topic);
        ArrayNode entries = json.putArray("entries");
        result.entries().forEach(entry -> entries.add(LookupJson.entry(entry)));
        return ApiResult.json(json.set("lookup", LookupJson.report(result.report())));
    }
}
