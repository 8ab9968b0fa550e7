package io.a2al.http.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an argument of a tool may be. */
enum ArgumentType {
    /** A text; an empty one is as good as none. */
    TEXT,
    /** A text or null, where an empty text means something else than none. */
    TEXT_OR_NULL,
    /** An integer from 0 on. */
    UNSIGNED,
    /** A list of texts. */
    TEXTS,
    /** Any JSON object. */
    OBJECT,
    /** Which entries of a service to have. */
    FILTER;

    private static final String TYPE = "type";

    Map<String, Object> schema() {
        return switch (this) {
            case TEXT -> ordered(TYPE, "string");
            case TEXT_OR_NULL -> ordered(TYPE, List.of("string", "null"));
            case UNSIGNED -> {
                Map<String, Object> schema = ordered(TYPE, "integer");
                schema.put("minimum", 0);
                yield schema;
            }
            case TEXTS -> {
                Map<String, Object> schema = ordered(TYPE, "array");
                schema.put("items", ordered(TYPE, "string"));
                yield schema;
            }
            case OBJECT -> ordered(TYPE, "object");
            case FILTER -> {
                Map<String, Object> schema = ordered(TYPE, "object");
                Map<String, Object> members = ordered("protocols", TEXTS.schema());
                members.put("tags", TEXTS.schema());
                schema.put("properties", members);
                schema.put("additionalProperties", false);
                yield schema;
            }
        };
    }

    private static Map<String, Object> ordered(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }
}
