package io.a2al.http.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Shows CBOR of any shape as JSON: byte strings as {@code h'a0a1'}, map keys as text. Stateless. */
final class CborTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CborTree() {}

    static JsonNode of(CborValue value) {
        return switch (value) {
            case CborValue.Null() -> NODES.nullNode();
            case CborValue.Bool(boolean bool) -> NODES.booleanNode(bool);
            case CborValue.Int(BigInteger number) -> NODES.numberNode(number);
            case CborValue.Floating(double number) -> NODES.numberNode(number);
            case CborValue.Text(String text) -> NODES.textNode(text);
            case CborValue.Binary(Bytes bytes) -> NODES.textNode("h'" + bytes + "'");
            case CborValue.Sequence(List<CborValue> items) -> {
                ArrayNode array = NODES.arrayNode();
                items.forEach(item -> array.add(of(item)));
                yield array;
            }
            case CborValue.Dictionary(Map<CborValue, CborValue> entries) -> {
                ObjectNode object = NODES.objectNode();
                entries.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey((a, b) -> compare(of(a), of(b))))
                        .forEach(entry -> object.set(of(entry.getKey()).asText(), of(entry.getValue())));
                yield object;
            }
        };
    }

    /** Compares map keys: numbers first, in their order; then the others as text. */
    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.isNumber() != b.isNumber()
                ? (a.isNumber() ? -1 : 1)
                : a.asText().compareTo(b.asText());
    }
}
