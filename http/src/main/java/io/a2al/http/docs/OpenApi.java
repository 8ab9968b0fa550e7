package io.a2al.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The description of the interface in OpenAPI 3.1. It is put together from the resource {@code openapi.json}, which has
 * what is common and a list of tags, and for each tag from a resource of that name with the tag's paths and schemas. A
 * test compares it with the routes. Stateless and thread-safe.
 */
public final class OpenApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OpenApi() {}

    /**
     * Returns a new copy of the document.
     *
     * @param version of the program
     */
    public static ObjectNode document(String version) {
        ObjectNode whole = read("openapi");
        whole.withObject("/info").put("version", version);
        ObjectNode paths = whole.putObject("paths");
        ObjectNode schemas = whole.withObject("/components/schemas");
        for (JsonNode tag : whole.path("tags")) {
            ObjectNode part = read(tag.path("name").asText());
            add(paths, part.path("paths"));
            add(schemas, part.path("components").path("schemas"));
        }
        return whole;
    }

    private static void add(ObjectNode all, JsonNode some) {
        some.properties().forEach(entry -> {
            if (all.has(entry.getKey())) {
                throw new IllegalStateException(entry.getKey() + " is described twice");
            }
            all.set(entry.getKey(), entry.getValue());
        });
    }

    private static ObjectNode read(String name) {
        try (InputStream in = OpenApi.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name + ".json");
            }
            return (ObjectNode) MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + ".json cannot be read", e);
        }
    }
}
