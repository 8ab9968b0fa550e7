package io.a2al.http.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * The answer to a request. Immutable and thread-safe, if its body is.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param headers further header fields
 * @param body what follows
 */
public record ApiResult(int status, String contentType, Map<String, String> headers, Body body) {

    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** The body of an answer. */
    public sealed interface Body {

        /** A body whose length is known before it is sent. */
        record Whole(String text) implements Body {}

        /** A body that is written as it is made: once, or not at all if the request is for the header only. */
        record Streamed(Writing writing) implements Body {}
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Writing {
        /** Writes all of it; may close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Copies the map. */
    public ApiResult {
        headers = Map.copyOf(headers);
    }

    /** Returns JSON with status 200. */
    public static ApiResult json(ObjectNode json) {
        return json(OK, json);
    }

    /** Returns JSON with status 201, for what was made. */
    public static ApiResult created(ObjectNode json) {
        return json(CREATED, json);
    }

    /** Returns JSON, on one line. */
    public static ApiResult json(int status, ObjectNode json) {
        return whole(status, JSON, json.toString() + "\n");
    }

    /** Returns a text with status 200. */
    public static ApiResult text(String contentType, String text) {
        return whole(OK, contentType, text);
    }

    private static ApiResult whole(int status, String contentType, String text) {
        return new ApiResult(status, contentType, Map.of(), new Body.Whole(text));
    }

    /** Returns a body that is written as it is made, with status 200. */
    public static ApiResult streamed(String contentType, Writing writing) {
        return new ApiResult(OK, contentType, Map.of(), new Body.Streamed(writing));
    }

    /** Returns this answer with another label. */
    public ApiResult withContentType(String other) {
        return new ApiResult(status, other, headers, body);
    }

    /** Returns this answer with other further header fields. */
    public ApiResult withHeaders(Map<String, String> other) {
        return new ApiResult(status, contentType, other, body);
    }
}
