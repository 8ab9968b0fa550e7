package io.a2al.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.http.docs.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The OpenAPI document, as tests compare answers with it. */
public final class Description {

    /** A last part that may contain slashes. */
    private static final Pattern REST = Pattern.compile("\\{(?:path|service|topic)}$");

    private final JsonNode document;

    /** Reads it. */
    public Description() {
        document = OpenApi.document("1.2.3");
    }

    JsonNode document() {
        return document;
    }

    /** Returns {@code GET /path} for each operation, with the names of its query. */
    Map<String, Set<String>> operations() {
        Map<String, Set<String>> operations = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> query = new TreeSet<>();
                    operation.getValue().path("parameters").forEach(parameter -> {
                        if (parameter.get("in").asText().equals("query")) {
                            query.add(parameter.get("name").asText());
                        }
                    });
                    operations.put(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), query);
                }));
        return operations;
    }

    /** Returns what differs between an answer and its description; an answer in another form than JSON is not read. */
    List<String> problems(String method, String path, PlainRequest.Answer answer) {
        return problems(method, path, answer.status(), answer.body());
    }

    /** The same for an answer with this status and body. */
    public List<String> problems(String method, String path, int code, String body) {
        String described = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        JsonNode responses = find(path).path(described).path("responses");
        String status = String.valueOf(code);
        JsonNode content = resolved(responses.path(responses.has(status) ? status : "default"))
                .path("content");
        if (content.isMissingNode()) {
            return List.of(method + " " + path + ": not described");
        }
        List<String> problems = new ArrayList<>();
        JsonNode schema = content.has("application/json")
                ? content.get("application/json").get("schema")
                : content.at("/text~1plain/schema/contentSchema");
        if (!schema.isMissingNode() && body.startsWith("{")) {
            try {
                JsonNode json = new ObjectMapper().readTree(body);
                compare(json, schema, method + " " + path, problems);
            } catch (JsonProcessingException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    /** Returns the path that fits: one without variable parts before others. */
    private JsonNode find(String path) {
        JsonNode paths = document.get("paths");
        if (paths.has(path)) {
            return paths.get(path);
        }
        for (Map.Entry<String, JsonNode> entry : paths.properties()) {
            if (path.matches(REST.matcher(entry.getKey()).replaceFirst(".+").replaceAll("\\{\\w+}", "[^/]+"))) {
                return entry.getValue();
            }
        }
        return new ObjectMapper().missingNode();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private void compare(JsonNode value, JsonNode described, String where, List<String> problems) {
        JsonNode schema = resolved(described);
        if (schema.has("type") && !isOfType(value, schema.get("type"))) {
            problems.add(where + ": " + value + " is not of type " + schema.get("type"));
        } else if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(where + ": " + value + " is none of " + schema.get("enum"));
        } else if (value.isArray()) {
            value.forEach(item -> compare(item, schema.path("items"), where + "[]", problems));
        } else if (value.isObject() && schema.has("properties")) {
            JsonNode properties = schema.get("properties");
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (properties.has(member.getKey())) {
                    compare(
                            member.getValue(),
                            properties.get(member.getKey()),
                            where + "." + member.getKey(),
                            problems);
                } else if (!schema.path("additionalProperties").asBoolean(true)) {
                    problems.add(where + "." + member.getKey() + ": not described");
                }
            }
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    problems.add(where + "." + name.asText() + ": missing");
                }
            });
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        boolean found = false;
        for (JsonNode item : list) {
            found |= item.equals(value);
        }
        return found;
    }

    private static boolean isOfType(JsonNode value, JsonNode types) {
        if (types.isArray()) {
            boolean any = false;
            for (JsonNode type : types) {
                any |= isOfType(value, type);
            }
            return any;
        }
        return switch (types.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("type " + types);
        };
    }
}
