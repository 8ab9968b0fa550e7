package io.a2al.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of a JSON object in a vector file, read by the conventions of {@code vectors/README.md}. A field that is
 * missing or does not have the requested form causes a {@link MalformedVectorException} with the file, the case and the
 * path of the field. Immutable.
 */
final class Fields {

    private final String file;
    private final Optional<String> caseName;
    private final String path;
    private final JsonNode object;

    private Fields(String file, Optional<String> caseName, String path, JsonNode object) {
        this.file = file;
        this.caseName = caseName;
        this.path = path;
        this.object = object;
    }

    /** Returns the root object of a file. */
    static Fields ofFile(String file, JsonNode root) throws MalformedVectorException {
        if (!root.isObject()) {
            throw new MalformedVectorException(file, Optional.empty(), "not an object with \"cases\"");
        }
        return new Fields(file, Optional.empty(), "", root);
    }

    /** Returns the same object as a case, whose name is the field {@code name}. */
    Fields asCase() throws MalformedVectorException {
        return new Fields(file, Optional.of(text("name")), "", object);
    }

    String file() {
        return file;
    }

    /** Returns the name of the case that this object is or belongs to. */
    String caseName() {
        return caseName.orElseThrow();
    }

    /** Returns an exception about a field, to be thrown by the caller. */
    MalformedVectorException malformed(String field, String problem) {
        return new MalformedVectorException(file, caseName, path + field + ": " + problem);
    }

    private MalformedVectorException wrongForm(String field, String form) {
        String value = String.valueOf(object.get(field));
        return malformed(field, "not " + form + ": " + (value.length() <= 80 ? value : value.substring(0, 80) + "…"));
    }

    // ---- presence -----------------------------------------------------------------------------------------------

    /** Returns true if the field is present; its value may be null. */
    boolean has(String field) {
        return object.has(field);
    }

    /** Returns true if the field is present and its value is not null. */
    boolean hasValue(String field) {
        return object.hasNonNull(field);
    }

    private JsonNode value(String field) throws MalformedVectorException {
        JsonNode value = object.get(field);
        if (value == null) {
            throw malformed(field, "missing");
        }
        return value;
    }

    // ---- plain values -------------------------------------------------------------------------------------------

    String text(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isTextual()) {
            throw wrongForm(field, "a string");
        }
        return value.textValue();
    }

    /** Returns a string; empty if the field is absent or null. */
    Optional<String> optionalText(String field) throws MalformedVectorException {
        return hasValue(field) ? Optional.of(text(field)) : Optional.empty();
    }

    boolean bool(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isBoolean()) {
            throw wrongForm(field, "true or false");
        }
        return value.booleanValue();
    }

    /** Returns true if the field is present and true. */
    boolean flag(String field) throws MalformedVectorException {
        return has(field) && bool(field);
    }

    int number(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongForm(field, "an integer of 32 bits");
        }
        return value.intValue();
    }

    /** Returns a number that may exceed the range of {@code int}, such as a time to live. */
    long longNumber(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrongForm(field, "an integer of 64 bits");
        }
        return value.longValue();
    }

    /** Returns a decimal string as an unsigned 64-bit number. */
    long u64(String field) throws MalformedVectorException {
        return converted(field, "a decimal string of 64 bits", Long::parseUnsignedLong);
    }

    Bytes hex(String field) throws MalformedVectorException {
        return converted(field, "hexadecimal", Bytes::fromHex);
    }

    /** Returns a hexadecimal field; empty if it is absent or null, which differs from a value of zero bytes. */
    Optional<Bytes> optionalHex(String field) throws MalformedVectorException {
        return hasValue(field) ? Optional.of(hex(field)) : Optional.empty();
    }

    // ---- values of the protocol ---------------------------------------------------------------------------------

    Address address(String field) throws MalformedVectorException {
        return converted(field, "an address of 21 bytes", digits -> Address.of(Bytes.fromHex(digits)));
    }

    NodeId nodeId(String field) throws MalformedVectorException {
        return converted(field, "a NodeID of 32 bytes", digits -> NodeId.of(Bytes.fromHex(digits)));
    }

    /** Returns the identity of a hexadecimal Ed25519 seed. */
    Identity identity(String field) throws MalformedVectorException {
        return converted(
                field,
                "a seed of 32 bytes",
                digits -> Identity.ofSeed(Bytes.fromHex(digits).toArray()));
    }

    /** Returns a hexadecimal IP address of 4 or 16 bytes, followed by a port of 2 bytes, as an endpoint. */
    Endpoint endpoint(String field) throws MalformedVectorException {
        return Endpoint.ofWire(hex(field)).orElseThrow(() -> wrongForm(field, "an endpoint of 6 or 18 bytes"));
    }

    /**
     * Converts a string.
     *
     * @param form the expected form, for the message of the exception
     * @param conversion throws IllegalArgumentException if the string does not have that form
     */
    <T> T converted(String field, String form, Function<String, T> conversion) throws MalformedVectorException {
        String text = text(field);
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrongForm(field, form);
        }
    }

    // ---- lists and objects --------------------------------------------------------------------------------------

    /** Returns a list of strings; empty if the field is null, which differs from an empty list. */
    Optional<List<String>> texts(String field) throws MalformedVectorException {
        if (value(field).isNull()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(field, "a list of strings", JsonNode::isTextual)) {
            texts.add(item.textValue());
        }
        return Optional.of(texts);
    }

    /** Returns a list of integers. */
    List<Integer> numbers(String field) throws MalformedVectorException {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode item : list(field, "a list of numbers", JsonNode::canConvertToInt)) {
            numbers.add(item.intValue());
        }
        return numbers;
    }

    private JsonNode list(String field, String form, Predicate<JsonNode> item) throws MalformedVectorException {
        JsonNode list = value(field);
        if (!list.isArray() || !list.valueStream().allMatch(item)) {
            throw wrongForm(field, form);
        }
        return list;
    }

    Fields object(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isObject()) {
            throw wrongForm(field, "an object");
        }
        return new Fields(file, caseName, path + field + ".", value);
    }

    /** Returns a list of objects; null counts as an empty list. */
    List<Fields> objects(String field) throws MalformedVectorException {
        List<Fields> objects = new ArrayList<>();
        if (!value(field).isNull()) {
            for (JsonNode item : list(field, "a list of objects", JsonNode::isObject)) {
                String itemPath = path + field + "[" + objects.size() + "].";
                objects.add(new Fields(file, caseName, itemPath, item));
            }
        }
        return objects;
    }

    /** Returns the fields of an object whose values are all objects, by name, in the order of the file. */
    Map<String, Fields> objectsByName(String field) throws MalformedVectorException {
        Map<String, Fields> objects = new LinkedHashMap<>();
        Fields outer = object(field);
        for (Map.Entry<String, JsonNode> entry : outer.object.properties()) {
            objects.put(entry.getKey(), outer.object(entry.getKey()));
        }
        return objects;
    }

    /** Returns the names of the fields of this object, in the order of the file. */
    List<String> names() {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Returns the object as JSON, cut after 200 characters; for messages. */
    @Override
    public String toString() {
        String text = object.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
