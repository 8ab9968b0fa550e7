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
 * The fields of a JSON object in a file of vectors, read by the conventions of {@code vectors/README.md}. Whatever is
 * not of the form that is asked for is said with file, case and the way to the field.
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

    /** The outermost object of a file. */
    static Fields ofFile(String file, JsonNode root) throws MalformedVectorException {
        if (!root.isObject()) {
            throw new MalformedVectorException(file, Optional.empty(), "not an object with \"cases\"");
        }
        return new Fields(file, Optional.empty(), "", root);
    }

    /** The same object as a case, by its field {@code name}. */
    Fields asCase() throws MalformedVectorException {
        return new Fields(file, Optional.of(text("name")), "", object);
    }

    String file() {
        return file;
    }

    /** The name of the case that this is, or is in. */
    String caseName() {
        return caseName.orElseThrow();
    }

    /** What to throw about a field. */
    MalformedVectorException malformed(String field, String problem) {
        return new MalformedVectorException(file, caseName, path + field + ": " + problem);
    }

    private MalformedVectorException unlike(String field, String form) {
        String value = String.valueOf(object.get(field));
        return malformed(field, "not " + form + ": " + (value.length() <= 80 ? value : value.substring(0, 80) + "…"));
    }

    // ---- what is there ------------------------------------------------------------------------------------------

    /** True if the field is there; it may be null. */
    boolean has(String field) {
        return object.has(field);
    }

    /** True if the field is there and not null. */
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
            throw unlike(field, "a text");
        }
        return value.textValue();
    }

    /** A text that is there and not null. */
    Optional<String> optionalText(String field) throws MalformedVectorException {
        return hasValue(field) ? Optional.of(text(field)) : Optional.empty();
    }

    boolean bool(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isBoolean()) {
            throw unlike(field, "true or false");
        }
        return value.booleanValue();
    }

    /** True if a flag is there and set. */
    boolean flag(String field) throws MalformedVectorException {
        return has(field) && bool(field);
    }

    int number(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw unlike(field, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    /** A number beyond the signed 32-bit range, such as a time to live. */
    long longNumber(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unlike(field, "a whole number of 64 bits");
        }
        return value.longValue();
    }

    /** A decimal string as the 64 bits of an unsigned number. */
    long u64(String field) throws MalformedVectorException {
        return converted(field, "a decimal string of 64 bits", Long::parseUnsignedLong);
    }

    Bytes hex(String field) throws MalformedVectorException {
        return converted(field, "hexadecimal", Bytes::fromHex);
    }

    /** A hexadecimal field that may be null or absent, which is not the same as zero bytes. */
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

    /** The identity of an Ed25519 seed. */
    Identity identity(String field) throws MalformedVectorException {
        return converted(
                field,
                "a seed of 32 bytes",
                digits -> Identity.ofSeed(Bytes.fromHex(digits).toArray()));
    }

    /** An IP address and a port of two bytes. */
    Endpoint endpoint(String field) throws MalformedVectorException {
        return Endpoint.ofWire(hex(field)).orElseThrow(() -> unlike(field, "an endpoint of 6 or 18 bytes"));
    }

    /** A text, turned into something by a function that refuses what it cannot turn. */
    <T> T converted(String field, String form, Function<String, T> conversion) throws MalformedVectorException {
        String text = text(field);
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException e) {
            throw unlike(field, form);
        }
    }

    // ---- what is made of others ---------------------------------------------------------------------------------

    /** A list of texts; null is nothing, which differs from an empty list. */
    Optional<List<String>> texts(String field) throws MalformedVectorException {
        if (value(field).isNull()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(field, "a list of texts", JsonNode::isTextual)) {
            texts.add(item.textValue());
        }
        return Optional.of(texts);
    }

    /** A list of whole numbers. */
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
            throw unlike(field, form);
        }
        return list;
    }

    Fields object(String field) throws MalformedVectorException {
        JsonNode value = value(field);
        if (!value.isObject()) {
            throw unlike(field, "an object");
        }
        return new Fields(file, caseName, path + field + ".", value);
    }

    /** A list of objects; null counts as an empty one. */
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

    /** An object whose fields are all objects, by their names in the order of the file. */
    Map<String, Fields> objectsByName(String field) throws MalformedVectorException {
        Map<String, Fields> objects = new LinkedHashMap<>();
        Fields outer = object(field);
        for (Map.Entry<String, JsonNode> entry : outer.object.properties()) {
            objects.put(entry.getKey(), outer.object(entry.getKey()));
        }
        return objects;
    }

    /** The names of an object's fields in the order of the file. */
    List<String> names() {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What the object looks like, short, to say which one it is. */
    @Override
    public String toString() {
        String text = object.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
