package io.a2al.http.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TooManyLookupsException;
import java.util.Map;
import java.util.Set;

/**
 * The paths that the network's other daemons have, and the rules of their clients: members and parameters that are not
 * known are ignored, and so is the case of members; failures are {@code {"error":"<text>","code":"<code>"}}, labelled
 * as plain text, except for 409. Stateless and thread-safe.
 */
public final class LegacyPaths {

    /** Label of failures. */
    public static final String ERROR_TYPE = "text/plain; charset=utf-8";

    private static final Set<String> FIRST_PARTS = Set.of(
            "agents",
            "aid",
            "config",
            "connect",
            "demo",
            "discover",
            "events",
            "fetch",
            "health",
            "identity",
            "resolve",
            "sessions",
            "status",
            "tunnel",
            "update");

    private LegacyPaths() {}

    /** Returns true if a path is one of these. */
    public static boolean includes(String path) {
        String[] parts = path.split("/", 3);
        return parts.length > 1 && parts[0].isEmpty() && FIRST_PARTS.contains(parts[1]);
    }

    /** Returns a failure in the form of these paths. */
    static ApiResult error(ErrorCode code, String message, ObjectNode details, Map<String, String> headers) {
        // What is too long is one kind of wrong request there.
        int status = code == ErrorCode.TOO_LONG ? ErrorCode.INVALID.status() : code.status();
        ObjectNode body = Json.object().put("error", message).put("code", code.text());
        body.setAll(details);
        ApiResult result = ApiResult.json(status, body).withHeaders(headers);
        return code == ErrorCode.CONFLICT ? result : result.withContentType(ERROR_TYPE);
    }

    static Router.Action action(Router.Action action) {
        return request -> {
            try {
                return action.answer(request);
            } catch (ApiException e) {
                return e.toLegacyResult();
            } catch (TooManyLookupsException e) {
                return error(
                        ErrorCode.TOO_MANY,
                        String.valueOf(e.getMessage()),
                        Json.object(),
                        Map.of("Retry-After", Router.RETRY_LOOKUPS));
            } catch (RefusedException e) {
                return error(ErrorCode.BAD_GATEWAY, String.valueOf(e.getMessage()), Json.object(), Map.of());
            } catch (NodeClosedException e) {
                return error(ErrorCode.UNAVAILABLE, "the node is being stopped", Json.object(), Map.of());
            }
        };
    }
}
