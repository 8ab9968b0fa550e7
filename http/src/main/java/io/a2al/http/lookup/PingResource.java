package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Asks whether a node answers at an IP address. Names are not resolved. Thread-safe. */
public final class PingResource {

    private static final int MAX_TIMEOUT_MS = 60_000;

    private final DhtNode node;

    /** PINGs by {@code node}. */
    public PingResource(DhtNode node) {
        this.node = node;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/ping", this::ping);
    }

    private ApiResult ping(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.fields(Set.of("timeout_ms", "to"));
        InetSocketAddress to = target(fields.requiredText("to"));
        int timeout = fields.integer("timeout_ms", (int) DhtNode.PING_TIMEOUT.toMillis(), 1, MAX_TIMEOUT_MS);
        return switch (await(to, Duration.ofMillis(timeout))) {
            case PingResult.Answered answered -> ApiResult.json(toJson(answered));
            case PingResult.NoAnswer _ ->
                throw ApiException.of(
                        ErrorCode.NO_ANSWER, "no answer from " + Endpoints.text(to) + "; is a node running there?");
        };
    }

    private static InetSocketAddress target(String text) throws ApiException {
        try {
            InetSocketAddress to = Endpoints.requireDialable(Endpoints.parse(text, DhtNode.DEFAULT_PORT));
            if (!to.isUnresolved()) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("to: " + e.getMessage());
        }
        throw ApiException.invalid("to: \"" + text + "\" has a name; give the IP address");
    }

    private PingResult await(InetSocketAddress to, Duration timeout) throws InterruptedException {
        try {
            return node.pingAsync(to, timeout).get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private static ObjectNode toJson(PingResult.Answered answered) {
        return LookupJson.putContact(Json.object(), answered.node())
                .put("observed", Endpoints.text(answered.observed()))
                .put("round_trip_ms", LookupJson.milliseconds(answered.roundTrip()));
    }
}
