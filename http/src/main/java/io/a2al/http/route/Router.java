package io.a2al.http.route;

import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TooManyLookupsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the action for a request by its method and path. A part {@code {name}} of a path stands for any text without
 * slash, a last part {@code {name*}} for the rest of the path. A path without variable parts goes before one with them.
 * HEAD is answered like GET; the server leaves out the body. Immutable and thread-safe.
 */
public final class Router {

    /** In seconds; a lookup takes less, so that others have had their turn by then. */
    static final String RETRY_LOOKUPS = "1";

    /** Answers requests. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers a request; may wait.
         *
         * @throws ApiException if the answer is a failure
         */
        ApiResult answer(ApiRequest request) throws ApiException, InterruptedException;
    }

    /**
     * What answers.
     *
     * @param query the parameters that its query has a meaning for
     * @param isStrict true if others are refused, false if they are ignored
     */
    private record Route(String method, List<String> parts, Set<String> query, boolean isStrict, Action action) {}

    private final List<Route> routes;

    private Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Returns a builder without actions. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects actions. Not thread-safe. */
    public static final class Builder {

        private final List<Route> fixed = new ArrayList<>();
        private final List<Route> variable = new ArrayList<>();

        private Builder() {}

        /** Adds an action for GET, whose query may have these parameters. */
        public Builder get(String path, Action action, String... query) {
            return add("GET", path, Set.of(query), action);
        }

        /** Adds an action for POST. */
        public Builder post(String path, Action action) {
            return add("POST", path, Set.of(), action);
        }

        /** Adds an action for PATCH. */
        public Builder patch(String path, Action action) {
            return add("PATCH", path, Set.of(), action);
        }

        /** Adds an action for DELETE. */
        public Builder delete(String path, Action action) {
            return add("DELETE", path, Set.of(), action);
        }

        /** Adds an action by the rules of {@link LegacyPaths}: parameters beside these are ignored. */
        public Builder legacy(String method, String path, Action action, String... query) {
            return add(new Route(method, parts(path), Set.of(query), false, LegacyPaths.action(action)));
        }

        private Builder add(String method, String path, Set<String> query, Action action) {
            return add(new Route(method, parts(path), query, true, action));
        }

        private Builder add(Route route) {
            boolean isFixed = route.parts().stream().noneMatch(part -> part.startsWith("{"));
            (isFixed ? fixed : variable).add(route);
            return this;
        }

        /** Returns the router. */
        public Router build() {
            List<Route> all = new ArrayList<>(fixed);
            all.addAll(variable);
            return new Router(all);
        }
    }

    /** Returns all paths, each after its method, as they were added. */
    public List<String> paths() {
        return routes.stream()
                .map(route -> route.method() + " " + String.join("/", route.parts()))
                .toList();
    }

    /** Returns the names of the parameters that the query of such a path has a meaning for. */
    public Set<String> queryOf(String methodAndPath) {
        return routes.stream()
                .filter(route -> methodAndPath.equals(route.method() + " " + String.join("/", route.parts())))
                .findFirst()
                .orElseThrow()
                .query();
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }

    /** Answers a request by its action. */
    public ApiResult answer(ApiRequest request) throws InterruptedException {
        try {
            return find(request);
        } catch (ApiException e) {
            return e.toResult();
        } catch (TooManyLookupsException e) {
            return ApiException.of(ErrorCode.TOO_MANY, String.valueOf(e.getMessage()))
                    .withHeader("Retry-After", RETRY_LOOKUPS)
                    .toResult();
        } catch (RefusedException e) {
            return ApiException.of(ErrorCode.REFUSED, String.valueOf(e.getMessage()))
                    .toResult();
        } catch (NodeClosedException e) {
            return ApiException.of(ErrorCode.UNAVAILABLE, "the node is being stopped")
                    .toResult();
        }
    }

    private ApiResult find(ApiRequest request) throws ApiException, InterruptedException {
        String method = request.isHead() ? "GET" : request.method();
        List<String> parts = parts(request.path());
        Set<String> others = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> found = match(route.parts(), parts);
            if (found.isPresent() && route.method().equals(method)) {
                checkQuery(route, request);
                return route.action().answer(request.withParameters(found.get()));
            }
            if (found.isPresent()) {
                others.add(route.method());
            }
        }
        if (others.isEmpty()) {
            throw ApiException.of(ErrorCode.NOT_FOUND, "no such path: " + request.path() + "; see docs/http.md");
        }
        if (others.contains("GET")) {
            others.add("HEAD");
        }
        String allowed = String.join(", ", others);
        throw ApiException.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        request.method() + " is not a method of this path; use " + allowed)
                .withHeader("Allow", allowed);
    }

    private static void checkQuery(Route route, ApiRequest request) throws ApiException {
        if (!route.isStrict()) {
            return;
        }
        Set<String> allowed = route.query();
        for (String name : request.query().keySet()) {
            if (!allowed.contains(name)) {
                String known = allowed.isEmpty()
                        ? "this path has none"
                        : "choose from " + String.join(", ", new TreeSet<>(allowed));
                throw ApiException.invalid(name + ": not known in the query; " + known);
            }
        }
    }

    private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (i >= path.size()) {
                return Optional.empty();
            }
            if (part.endsWith("*}")) {
                String rest = String.join("/", path.subList(i, path.size()));
                found.put(part.substring(1, part.length() - 2), rest);
                return rest.isEmpty() ? Optional.empty() : Optional.of(Collections.unmodifiableMap(found));
            }
            if (part.startsWith("{") && !path.get(i).isEmpty()) {
                found.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return pattern.size() == path.size() ? Optional.of(Collections.unmodifiableMap(found)) : Optional.empty();
    }
}
