package io.a2al.http.server;

import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.LegacyPaths;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers every failure in the JSON of {@link Json#error}, whatever the client accepts; it is labelled as text on
 * {@link LegacyPaths}. What the server's own code threw is not told. Thread-safe.
 */
final class JsonErrors extends ErrorHandler {

    private static final String TYPE = "application/json";

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback)
            throws IOException {
        boolean isLegacy = LegacyPaths.includes(Request.getPathInContext(request));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, isLegacy ? LegacyPaths.ERROR_TYPE : TYPE);
        Content.Sink.write(response, true, body(code, told(message, cause)), callback);
    }

    /** Returns what the client is told: what it did wrong in HTTP, but not what failed here. */
    private static @Nullable String told(@Nullable String message, @Nullable Throwable cause) {
        return cause instanceof HttpException http ? http.getReason() : cause == null ? message : null;
    }

    private static String body(int code, @Nullable String message) {
        return Json.error(ErrorCode.ofStatus(code), message == null ? HttpStatus.getMessage(code) : message)
                        .put("status", code)
                + "\n";
    }
}
