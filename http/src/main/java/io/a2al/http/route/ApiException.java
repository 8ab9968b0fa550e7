package io.a2al.http.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A request that is not answered as the client wished. The message is one line that the client is told. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient ObjectNode details;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private ApiException(ErrorCode code, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    /** Returns a failure of this kind. */
    public static ApiException of(ErrorCode code, String message) {
        return of(code, message, Json.object());
    }

    /** Returns a failure of this kind, with members that are added to its JSON. */
    public static ApiException of(ErrorCode code, String message, ObjectNode details) {
        return new ApiException(Objects.requireNonNull(code, "code"), message, details);
    }

    /** Returns a failure by what the request says. */
    public static ApiException invalid(String message) {
        return of(ErrorCode.INVALID, message);
    }

    /** Adds a header field to the answer. */
    public ApiException withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Returns the answer in the form of {@link LegacyPaths}, with the details. */
    public ApiResult toLegacyResult() {
        return LegacyPaths.error(code, String.valueOf(getMessage()), details, headers);
    }

    /** Returns the answer: {@code {"error":"<message>","code":"<code>","status":<status>}} and the details. */
    public ApiResult toResult() {
        ObjectNode body = Json.error(code, String.valueOf(getMessage()));
        body.setAll(details);
        return ApiResult.json(code.status(), body).withHeaders(headers);
    }
}
