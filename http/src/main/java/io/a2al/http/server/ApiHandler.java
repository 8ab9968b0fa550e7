package io.a2al.http.server;

import io.a2al.http.access.AccessHandler;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.LegacyPaths;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;

/** Answers every request by a {@link Router}. Each request has a thread, so that actions may wait. Thread-safe. */
public final class ApiHandler extends Handler.Abstract {

    private final Router router;
    private final BodyReader bodies;

    /** A handler within the limits of the server that it is for. */
    public ApiHandler(Router router, HttpLimits limits) {
        this.router = router;
        this.bodies = new BodyReader(limits);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException, InterruptedException {
        write(request, response, callback, answer(request));
        return true;
    }

    private ApiResult answer(Request request) throws IOException, InterruptedException {
        try {
            return router.answer(new ApiRequest(
                    request.getMethod(),
                    URIUtil.decodePath(Request.getPathInContext(request)),
                    Map.of(),
                    query(request),
                    request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
                            .reduce((a, b) -> a + ", " + b)
                            .orElse(""),
                    Optional.ofNullable(request.getHeaders().get("Last-Event-ID")),
                    body(request),
                    AccessHandler.isLocal(request)));
        } catch (ApiException e) {
            return LegacyPaths.includes(Request.getPathInContext(request)) ? e.toLegacyResult() : e.toResult();
        }
    }

    private Bytes body(Request request) throws ApiException, IOException {
        boolean isLegacy = LegacyPaths.includes(Request.getPathInContext(request));
        return switch (request.getMethod()) {
            case "POST", "PATCH" -> bodies.read(request);
            case "DELETE" -> isLegacy ? bodies.read(request) : Bytes.EMPTY;
            default -> Bytes.EMPTY;
        };
    }

    private static Map<String, List<String>> query(Request request) throws ApiException {
        try {
            Map<String, List<String>> values = new LinkedHashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request, StandardCharsets.UTF_8)) {
                values.put(field.getName(), field.getValues());
            }
            return values;
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            throw ApiException.of(
                    ErrorCode.INVALID, "the query cannot be read; write it in UTF-8 with % and two digits");
        }
    }

    private static void write(Request request, Response response, Callback callback, ApiResult result) {
        response.setStatus(result.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, result.contentType());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        result.headers().forEach(response.getHeaders()::put);
        switch (result.body()) {
            case ApiResult.Body.Whole(String text) -> Content.Sink.write(response, true, text, callback);
            case ApiResult.Body.Streamed _ when request.getMethod().equals("HEAD") -> callback.succeeded();
            case ApiResult.Body.Streamed(ApiResult.Writing writing) -> {
                try (OutputStream out = Content.Sink.asOutputStream(response)) {
                    writing.writeTo(out);
                } catch (IOException | RuntimeException e) {
                    callback.failed(e);
                    return;
                }
                callback.succeeded();
            }
        }
    }
}
