package io.a2al.http.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON of requests and answers. Stateless and thread-safe. */
public final class Json {

    /** Deepest nesting to read; requests have two levels. */
    private static final int MAX_DEPTH = 16;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Bits of the integers that a double-precision number has exactly. */
    private static final int EXACT_BITS = 53;

    private Json() {}

    /** Returns an empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns an array of texts. */
    public static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /**
     * Adds an unsigned 64-bit number twice: exactly, and as {@code <name>_text} for readers whose numbers are exact up
     * to 2^53 only, such as JavaScript.
     */
    public static void putUnsigned(ObjectNode object, String name, long bits) {
        object.put(name, unsigned(bits)).put(name + "_text", Long.toUnsignedString(bits));
    }

    /** Returns an unsigned 64-bit number. */
    public static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    /**
     * Adds to each object in a tree, as {@code <name>_text}, the integers that readers do not have exactly whose
     * numbers are exact up to 2^53 only. A member of that name that is there already stays.
     */
    public static void addTexts(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                JsonNode value = member.getValue();
                if (value.isIntegralNumber() && value.bigIntegerValue().abs().bitLength() > EXACT_BITS) {
                    object.putIfAbsent(member.getKey() + "_text", object.textNode(value.asText()));
                }
            }
        }
        tree.forEach(Json::addTexts);
    }

    /** Returns the name of a constant as JSON has it: in lower case, with hyphens. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the JSON of a failure. */
    public static ObjectNode error(ErrorCode code, String message) {
        return object().put("error", message).put("code", code.text()).put("status", code.status());
    }

    /**
     * Reads the body of a request.
     *
     * @throws ApiException if it is not one JSON object
     */
    static ObjectNode read(byte[] body) throws ApiException {
        JsonNode read;
        try {
            read = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw notJson(at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (IOException notText) {
            // Jackson takes some bodies for UTF-32, and those which are not are no error of JSON to it.
            throw notJson(" in UTF-8");
        }
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid("body: no JSON object; send {…}");
    }

    private static ApiException notJson(String where) {
        return ApiException.invalid("body: not JSON" + where + "; send an object such as {\"to\":\"127.0.0.1:4121\"}");
    }
}
