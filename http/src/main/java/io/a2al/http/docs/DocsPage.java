package io.a2al.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A page that shows an OpenAPI document. It has no script and loads nothing. Not thread-safe. */
final class DocsPage {

    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
            + "padding:0 1rem;color-scheme:light dark}code,pre{font:14px/1.5 ui-monospace,monospace}"
            + "table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0}"
            + "details{margin:.5rem 0}summary{cursor:pointer}pre{overflow:auto}";

    private final StringBuilder html = new StringBuilder(1 << 14);

    private DocsPage() {}

    /** Returns the page. */
    static String of(ObjectNode document) {
        DocsPage page = new DocsPage();
        page.write(document);
        return page.html.toString();
    }

    /** Returns the policy that allows a browser this page's own style, and nothing else. */
    static String contentSecurityPolicy() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void write(ObjectNode document) {
        JsonNode info = document.path("info");
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(text(info.path("title")))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(text(info.path("title")))
                .append(' ')
                .append(text(info.path("version")))
                .append("</h1>\n<p>")
                .append(text(info.path("summary")))
                .append("</p>\n<p>")
                .append(text(info.path("description")))
                .append("</p>\n<p>For programs: <a href=\"/v1/openapi.json\">openapi.json</a></p>\n");
        for (JsonNode tag : document.path("tags")) {
            html.append("<h2>")
                    .append(text(tag.path("name")))
                    .append("</h2>\n<p>")
                    .append(text(tag.path("description")))
                    .append("</p>\n");
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    if (operation.getValue().path("tags").path(0).equals(tag.path("name"))) {
                        write(operation.getKey(), path.getKey(), operation.getValue());
                    }
                }
            }
        }
        html.append("<h2>schemas</h2>\n");
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> details(escape(schema.getKey()), schema.getValue()));
        html.append("</body></html>\n");
    }

    private void write(String method, String path, JsonNode operation) {
        html.append("<h3><code>")
                .append(escape(method.toUpperCase(Locale.ROOT)))
                .append(' ')
                .append(escape(path))
                .append("</code></h3>\n<p>")
                .append(text(operation.path("summary")))
                .append("</p>\n");
        if (operation.has("parameters")) {
            html.append("<table><tr><th>parameter</th><th>in</th><th>meaning</th></tr>\n");
            for (JsonNode parameter : operation.path("parameters")) {
                html.append("<tr><td><code>")
                        .append(text(parameter.path("name")))
                        .append("</code></td><td>")
                        .append(text(parameter.path("in")))
                        .append("</td><td>")
                        .append(text(parameter.path("description")))
                        .append("</td></tr>\n");
            }
            html.append("</table>\n");
        }
        operation.path("requestBody").path("content").forEach(content -> details("body", content.path("schema")));
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            JsonNode content = response.getValue().path("content");
            if (!content.isMissingNode()) {
                StringJoiner types = new StringJoiner(", ");
                content.properties().forEach(type -> types.add(type.getKey()));
                details("answer " + escape(response.getKey() + ": " + types), content);
            }
        }
    }

    private void details(String summary, JsonNode json) {
        html.append("<details><summary>")
                .append(summary)
                .append("</summary><pre>")
                .append(escape(json.toPrettyString()))
                .append("</pre></details>\n");
    }

    private static String text(JsonNode node) {
        return escape(node.asText());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
