package io.a2al.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Makes the request of a tool's twin from the arguments of a call. Stateless and thread-safe. */
final class ToolRequest {

    private static final String JSON = "application/json";

    private ToolRequest() {}

    /**
     * Returns the request. What the members of the body may be is checked by the twin.
     *
     * @param isLocal true if the call was made on this machine
     * @throws ApiException if an argument is not known, or makes no part of a path or a query
     */
    static ApiRequest of(McpTool tool, ObjectNode arguments, boolean isLocal) throws ApiException {
        refuseUnknown(tool, arguments);
        Set<String> used = new HashSet<>();
        String path = path(tool, arguments, used);
        boolean inQuery = tool.method().equals("GET");
        Map<String, List<String>> query = new LinkedHashMap<>();
        ObjectNode body = SdkJson.toTree(tool.defaults());
        for (ToolArgument argument : tool.arguments()) {
            JsonNode value = arguments.get(argument.name());
            if (used.contains(argument.name()) || isAbsent(argument, value)) {
                continue;
            }
            if (inQuery) {
                query.put(argument.name(), List.of(text(argument.name(), value)));
            } else if (!isZero(value) || !tool.defaults().containsKey(argument.name())) {
                body.set(argument.name(), value);
            }
        }
        Bytes bytes =
                body.isEmpty() ? Bytes.EMPTY : Bytes.copyOf(body.toString().getBytes(StandardCharsets.UTF_8));
        return new ApiRequest(tool.method(), path, Map.of(), query, JSON, Optional.empty(), bytes, isLocal);
    }

    private static void refuseUnknown(McpTool tool, ObjectNode arguments) throws ApiException {
        Set<String> known = new TreeSet<>();
        tool.arguments().forEach(argument -> known.add(argument.name()));
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            if (!known.contains(argument.getKey())) {
                throw ApiException.invalid(argument.getKey() + ": not known; "
                        + (known.isEmpty() ? "this tool has no arguments" : "choose from " + String.join(", ", known)));
            }
        }
    }

    /** Returns the path; adds the names of the arguments in it to {@code used}. */
    private static String path(McpTool tool, ObjectNode arguments, Set<String> used) throws ApiException {
        Matcher places = tool.places();
        StringBuilder path = new StringBuilder();
        while (places.find()) {
            String name = places.group(1);
            JsonNode value = arguments.get(name);
            String text = value == null || value.isNull() ? "" : text(name, value);
            if (text.isEmpty()) {
                throw ApiException.invalid(name + ": missing; give a text");
            }
            // A slash would make it another path, hence another action.
            if (text.indexOf('/') >= 0 && places.group(2).isEmpty()) {
                throw ApiException.invalid(name + ": must be without slash");
            }
            used.add(name);
            places.appendReplacement(path, Matcher.quoteReplacement(text));
        }
        return places.appendTail(path).toString();
    }

    private static String text(String name, JsonNode value) throws ApiException {
        if (value.isTextual() || value.isIntegralNumber()) {
            return value.asText();
        }
        throw ApiException.invalid(name + ": must be a text or an integer");
    }

    private static boolean isAbsent(ToolArgument argument, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return true;
        }
        return argument.type() == ArgumentType.TEXT
                && value.isTextual()
                && value.textValue().isEmpty();
    }

    private static boolean isZero(JsonNode value) {
        return value.isIntegralNumber() && value.bigIntegerValue().signum() == 0;
    }
}
