package io.a2al.http.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the SDK, by the Jackson that the program has. Unknown members are skipped, as later versions of the
 * protocol may have more. Integers are exact, whatever their size. Stateless and thread-safe.
 */
final class SdkJson implements McpJsonMapper {

    /** Deepest nesting to read. */
    private static final int MAX_DEPTH = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads any JSON. */
    static JsonNode read(String json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** Returns a map of JSON values as an object; empty if there is none. */
    static ObjectNode toTree(@Nullable Map<String, Object> map) {
        return MAPPER.valueToTree(map == null ? Map.of() : map);
    }

    private static JavaType type(TypeRef<?> reference) {
        return MAPPER.constructType(reference.getType());
    }

    @Override
    public <T> T readValue(String json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    @Override
    public <T> T readValue(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    @Override
    public <T> T readValue(String json, TypeRef<T> type) throws IOException {
        return MAPPER.readValue(json, type(type));
    }

    @Override
    public <T> T readValue(byte[] json, TypeRef<T> type) throws IOException {
        return MAPPER.readValue(json, type(type));
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    /** Reads the params of a request. Of some the SDK asks without looking whether there are any. */
    @Override
    public <T> T convertValue(@Nullable Object value, TypeRef<T> type) {
        if (value == null && type.getType().equals(CallToolRequest.class)) {
            throw invalid("params: missing; give the name of a tool and its arguments");
        }
        try {
            return MAPPER.convertValue(value, type(type));
        } catch (IllegalArgumentException e) {
            throw invalid("params: not those of the method");
        }
    }

    /** Calls that do not satisfy the schema of their method are errors. What a tool may be given, the tool says. */
    private static McpError invalid(String message) {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message(message)
                .build();
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return MAPPER.writeValueAsBytes(value);
    }
}
