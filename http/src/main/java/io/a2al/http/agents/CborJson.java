package io.a2al.http.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.Json;
import io.a2al.protocol.cbor.CborValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the free part of records into JSON and back. Everything that CBOR can say becomes some JSON: bytes are Base64,
 * numbers that JSON cannot write are null, and keys that are no text are the JSON of what they are. Stateless.
 */
final class CborJson {

    private CborJson() {}

    /** Returns a map as an object. */
    static ObjectNode toJson(Map<String, CborValue> meta) {
        ObjectNode object = Json.object();
        new TreeMap<>(meta).forEach((key, value) -> object.set(key, toJson(value)));
        return object;
    }

    private static JsonNode toJson(CborValue value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case CborValue.Null() -> json.nullNode();
            case CborValue.Bool(boolean truth) -> json.booleanNode(truth);
            case CborValue.Int(var number) -> json.numberNode(number);
            case CborValue.Floating(double number) ->
                Double.isFinite(number) ? json.numberNode(number) : json.nullNode();
            case CborValue.Text(String text) -> json.textNode(text);
            case CborValue.Binary(var bytes) ->
                json.textNode(Base64.getEncoder().encodeToString(bytes.toArray()));
            case CborValue.Sequence(List<CborValue> items) -> {
                ArrayNode array = json.arrayNode();
                items.forEach(item -> array.add(toJson(item)));
                yield array;
            }
            case CborValue.Dictionary(Map<CborValue, CborValue> entries) -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                entries.forEach((key, item) -> sorted.put(name(key), toJson(item)));
                yield json.objectNode().setAll(sorted);
            }
        };
    }

    private static String name(CborValue key) {
        return key instanceof CborValue.Text(String text) ? text : toJson(key).toString();
    }

    /** Returns an object as a map. */
    static Map<String, CborValue> toCbor(ObjectNode object) {
        Map<String, CborValue> meta = new HashMap<>();
        object.properties().forEach(member -> meta.put(member.getKey(), toCbor(member.getValue())));
        return meta;
    }

    private static CborValue toCbor(JsonNode json) {
        if (json instanceof ObjectNode object) {
            Map<CborValue, CborValue> entries = new HashMap<>();
            object.properties()
                    .forEach(member -> entries.put(new CborValue.Text(member.getKey()), toCbor(member.getValue())));
            return new CborValue.Dictionary(entries);
        }
        if (json instanceof ArrayNode array) {
            List<CborValue> items = new ArrayList<>();
            array.forEach(item -> items.add(toCbor(item)));
            return new CborValue.Sequence(items);
        }
        if (json.isIntegralNumber() && json.bigIntegerValue().bitLength() < Long.SIZE) {
            return new CborValue.Int(json.bigIntegerValue());
        }
        if (json.isNumber()) {
            return new CborValue.Floating(json.doubleValue());
        }
        if (json.isBoolean()) {
            return new CborValue.Bool(json.booleanValue());
        }
        return json.isTextual() ? new CborValue.Text(json.textValue()) : new CborValue.Null();
    }
}
