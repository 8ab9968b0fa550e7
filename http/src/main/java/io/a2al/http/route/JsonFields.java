package io.a2al.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a JSON object in a request. A member that is null is absent; one that is not known is refused, so that
 * no wish is lost by a slip. Immutable and thread-safe.
 */
public final class JsonFields {

    private final String where;
    private final ObjectNode object;

    private JsonFields(String where, ObjectNode object) {
        this.where = where;
        this.object = object;
    }

    /** The members of the body, which may be these. */
    static JsonFields of(ObjectNode body, Set<String> known) throws ApiException {
        return of("", body, known);
    }

    private static JsonFields of(String where, ObjectNode object, Set<String> known) throws ApiException {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (!known.contains(name)) {
                throw ApiException.invalid(
                        where + name + ": not known; choose from " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new JsonFields(where, object);
    }

    private Optional<JsonNode> get(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private ApiException wrong(String name, String wanted) {
        return ApiException.invalid(where + name + ": must be " + wanted);
    }

    /** JSON can write half of a pair of surrogates, which UTF-8 and hence a record cannot. */
    private static boolean isText(JsonNode node) {
        return node.isTextual() && StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
    }

    /** Returns a text, if there is one. */
    public Optional<String> text(String name) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isPresent() && !isText(node.get())) {
            throw wrong(name, "a text of valid Unicode");
        }
        return node.map(JsonNode::textValue);
    }

    /** Returns a text that must be there. */
    public String requiredText(String name) throws ApiException {
        return text(name).orElseThrow(() -> ApiException.invalid(where + name + ": missing; give a text"));
    }

    /** Returns a list of texts; empty if there is none. */
    public List<String> texts(String name) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (node.get() instanceof ArrayNode array) {
            for (JsonNode item : array) {
                if (!isText(item)) {
                    throw wrong(name, "a list of texts of valid Unicode");
                }
                texts.add(item.textValue());
            }
            return texts;
        }
        throw wrong(name, "a list of texts");
    }

    /** Returns a truth value; false if there is none. */
    public boolean flag(String name) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node.map(JsonNode::booleanValue).orElse(false);
    }

    /** Returns an integer within these bounds; {@code absent} if there is none. */
    public int integer(String name, int absent, int least, int most) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return absent;
        }
        JsonNode number = node.get();
        if (!number.isIntegralNumber()
                || !number.canConvertToInt()
                || number.intValue() < least
                || number.intValue() > most) {
            throw wrong(name, "an integer from " + least + " to " + most);
        }
        return number.intValue();
    }

    /** Returns the members of an object, if there is one, which may be these. */
    public Optional<JsonFields> object(String name, Set<String> known) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof ObjectNode found) {
            return Optional.of(of(where + name + ".", found, known));
        }
        throw wrong(name, "an object");
    }
}
