package io.a2al.http.bytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.inspect.Inspection;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.EncodedBytes;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import java.util.function.LongSupplier;

/** Explains bytes that a client sends: a datagram or a record. Asks no other node. Thread-safe. */
public final class InspectResource {

    /** No datagram is longer; what is longer would take long. */
    private static final int MAX_BYTES = 1 << 16;

    private final LongSupplier unixSeconds;

    /** A resource that reads this clock. */
    public InspectResource(LongSupplier unixSeconds) {
        this.unixSeconds = unixSeconds;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/inspect", this::inspect);
    }

    private ApiResult inspect(ApiRequest request) throws ApiException {
        JsonFields fields = request.fields(EncodedBytes.MEMBERS);
        Bytes data = EncodedBytes.read(fields, MAX_BYTES);
        ObjectNode json = Inspection.of(data, unixSeconds.getAsLong()).toJson();
        json.set("layout", ByteLayout.of(data));
        Json.addTexts(json);
        return ApiResult.json(json);
    }
}
