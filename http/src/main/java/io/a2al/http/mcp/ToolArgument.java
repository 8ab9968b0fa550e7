package io.a2al.http.mcp;

import java.util.Map;

/**
 * An argument of a tool.
 *
 * @param name as in the JSON of HTTP
 * @param type what it may be
 * @param required false for one that may be left out; one that is required and missing counts as empty, nonetheless
 * @param description for the model that calls the tool
 */
record ToolArgument(String name, ArgumentType type, boolean required, String description) {

    /** Returns the JSON Schema of this argument. */
    Map<String, Object> schema() {
        Map<String, Object> schema = type.schema();
        schema.put("description", description);
        return schema;
    }
}
