package io.a2al.http.bytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.inspect.Inspection;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
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
        JsonFields fields = request.fields(Set.of("data", "encoding"));
        Bytes data = data(fields.requiredText("data"), fields.text("encoding").orElse("hex"));
        ObjectNode json = Inspection.of(data, unixSeconds.getAsLong()).toJson();
        json.set("layout", ByteLayout.of(data));
        Json.addTexts(json);
        return ApiResult.json(json);
    }

    private static Bytes data(String text, String encoding) throws ApiException {
        String digits = text.replaceAll("\\s", "");
        byte[] data;
        try {
            data = switch (encoding) {
                case "hex" -> HexFormat.of().parseHex(digits);
                case "base64" -> Base64.getDecoder().decode(digits);
                default ->
                    throw ApiException.invalid("encoding: \"" + encoding + "\" is not known; choose hex or base64");
            };
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("data: not in " + encoding + "; give "
                    + (encoding.equals("hex") ? "two digits for each byte" : "the standard alphabet, with = at the end")
                    + ", or another encoding");
        }
        if (data.length == 0 || data.length > MAX_BYTES) {
            throw ApiException.invalid("data: " + data.length + " bytes; give 1 to " + MAX_BYTES);
        }
        return Bytes.copyOf(data);
    }
}
