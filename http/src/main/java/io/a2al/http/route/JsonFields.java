package io.a2al.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a JSON object in a request. A member that is null is absent. One that is not known is refused, so that
 * no wish is lost by a slip, except on paths of other daemons. Immutable and thread-safe.
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

    /** All members of an object, by their names in lower case; of two that differ in case only, the last counts. */
    static JsonFields lenient(ObjectNode object) {
        return lenient("", object);
    }

    private static JsonFields lenient(String where, ObjectNode object) {
        ObjectNode lower = Json.object();
        object.properties().forEach(member -> lower.set(member.getKey().toLowerCase(Locale.ROOT), member.getValue()));
        return new JsonFields(where, lower);
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

    /** Returns an object whose members are lists of texts, or single ones; empty if there is none. */
    public Map<String, List<String>> textLists(String name) throws ApiException {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Optional<ObjectNode> members = json(name);
        if (members.isPresent()) {
            JsonFields inner = new JsonFields(where + name + ".", members.get());
            for (Map.Entry<String, JsonNode> member : members.get().properties()) {
                String key = member.getKey();
                lists.put(
                        key,
                        member.getValue().isTextual() ? inner.text(key).stream().toList() : inner.texts(key));
            }
        }
        return lists;
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

    /** Returns an unsigned number of 64 bits; {@code absent} if there is none. */
    public long unsigned(String name, long absent) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return absent;
        }
        JsonNode number = node.get();
        if (!number.isIntegralNumber()
                || number.bigIntegerValue().signum() < 0
                || number.bigIntegerValue().bitLength() > Long.SIZE) {
            throw wrong(name, "an integer from 0 to 2^64 - 1");
        }
        return number.bigIntegerValue().longValue();
    }

    /** Returns an object as it is, if there is one. */
    public Optional<ObjectNode> json(String name) throws ApiException {
        Optional<JsonNode> node = get(name);
        if (node.isPresent() && !node.get().isObject()) {
            throw wrong(name, "an object");
        }
        return node.map(ObjectNode.class::cast);
    }

    /** Returns the members of an object, if there is one, whatever they are and in whatever case. */
    public Optional<JsonFields> anyObject(String name) throws ApiException {
        return json(name).map(found -> lenient(where + name + ".", found));
    }

    /** Returns true if a member has this value. */
    public boolean isEqual(String name, JsonNode value) {
        return value.equals(object.get(name));
    }

    /** Returns the name of a member as messages tell it, with the names of the objects that it is in. */
    public String nameOf(String name) {
        return where + name;
    }

    /** Returns the names of the members that are not null. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        object.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> names.add(member.getKey()));
        return names;
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
