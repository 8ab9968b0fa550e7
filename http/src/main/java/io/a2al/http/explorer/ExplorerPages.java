package io.a2al.http.explorer;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the files of the explorer: one page, and the scripts and styles that it loads. Their list is fixed, so that no
 * path leads to another file of the jar. The page may load and run nothing but these files. Thread-safe.
 */
public final class ExplorerPages {

    /** Paths that need no token, as a browser asks for them before its user can give one; they tell nothing. */
    public static final String ROOT = "/";

    /** What the paths of all other files begin with. */
    public static final String PREFIX = "/explorer/";

    private static final List<String> FILES = List.of(
            "index.html",
            "icon.svg",
            "style.css",
            "main.js",
            "api.js",
            "dom.js",
            "words.js",
            "rate-chart.js",
            "ring-picture.js",
            "lookup-picture.js",
            "film.js",
            "stage.js",
            "views/node.js",
            "views/ring.js",
            "views/lookup.js",
            "views/topics.js",
            "views/publications.js",
            "views/inspector.js",
            "views/simulation.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "svg", "image/svg+xml",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    /** Scripts, styles and requests of this server only; no inline script, no frame around the page. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private static final String INDEX = "index.html";
    private static final String PLAIN = "<html lang=\"en\">";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final String html;

    private ExplorerPages(String html) {
        this.html = html;
    }

    /** Returns the pages of a node. */
    public static ExplorerPages ofNode() {
        return new ExplorerPages(PLAIN);
    }

    /** Returns the pages of a server that has a simulation and no node, so that no other view is offered. */
    public static ExplorerPages ofSimulation() {
        return new ExplorerPages("<html lang=\"en\" data-only=\"simulation\">");
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get(ROOT, _ -> page(INDEX)).get(PREFIX + "{file*}", this::file);
    }

    /** Returns whether a path is one of these, which are served without a token. */
    public static boolean isOpen(String path) {
        return path.equals(ROOT) || path.startsWith(PREFIX);
    }

    private ApiResult file(ApiRequest request) throws ApiException {
        String name = request.parameter("file");
        if (!FILES.contains(name)) {
            throw ApiException.of(ErrorCode.NOT_FOUND, "the explorer has no file " + name);
        }
        return page(name);
    }

    private ApiResult page(String name) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
        return ApiResult.text(type, texts.computeIfAbsent(name, this::text)).withHeaders(HEADERS);
    }

    private String text(String name) {
        return name.equals(INDEX) ? read(name).replace(PLAIN, html) : read(name);
    }

    private static String read(String name) {
        Optional<InputStream> found = Optional.ofNullable(ExplorerPages.class.getResourceAsStream(name));
        try (InputStream in = found.orElseThrow(() -> new IllegalStateException("the jar lacks explorer/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
