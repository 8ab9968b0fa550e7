package io.a2al.http.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tool and its twin, the path of HTTP that answers it. Arguments that the path names in braces go there; all others
 * go into the query of a GET, and else into the body.
 *
 * @param name with the prefix {@code a2al_}
 * @param description for the model that calls it
 * @param reading true if it changes nothing, neither here nor in the network
 * @param arguments in the order in which they are shown
 * @param method of the twin
 * @param path of the twin, with {@code {name}} for an argument, or at its end {@code {name*}} for one with slashes
 * @param defaults members of the body where the arguments have none, or zero
 * @param added members that a success has beside those of the twin
 */
record McpTool(
        String name,
        String description,
        boolean reading,
        List<ToolArgument> arguments,
        String method,
        String path,
        Map<String, Object> defaults,
        Map<String, Object> added) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(\\*?)}");

    static McpTool of(String name, String method, String path, String description, List<ToolArgument> arguments) {
        return new McpTool(
                "a2al_" + name, description, method.equals("GET"), arguments, method, path, Map.of(), Map.of());
    }

    /** Returns this tool as one that changes nothing, although its twin is a POST. */
    McpTool readingOnly() {
        return new McpTool(name, description, true, arguments, method, path, defaults, added);
    }

    McpTool withDefault(String member, Object value) {
        return new McpTool(name, description, reading, arguments, method, path, Map.of(member, value), added);
    }

    McpTool adding(String member, Object value) {
        return new McpTool(name, description, reading, arguments, method, path, defaults, Map.of(member, value));
    }

    /** Returns whether its result has a private key, which is told once. */
    boolean isSecret() {
        return twin().endsWith("/generate");
    }

    /** Returns the twin as the router lists it, such as {@code POST /resolve/{aid}}. */
    String twin() {
        return method + " " + path;
    }

    /** Returns the places of arguments in the path. */
    Matcher places() {
        return PLACE.matcher(path);
    }

    /** Returns the JSON Schema of the arguments. */
    Map<String, Object> inputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        arguments.forEach(argument -> properties.put(argument.name(), argument.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                arguments.stream()
                        .filter(ToolArgument::required)
                        .map(ToolArgument::name)
                        .toList());
        schema.put("additionalProperties", false);
        return schema;
    }
}
