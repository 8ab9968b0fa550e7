package io.a2al.conformance.vectors;

import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates payloads of records from the fields of a case. Stateless. */
final class PayloadFields {

    private PayloadFields() {}

    static EndpointPayload endpoint(Fields fields) throws MalformedVectorException {
        return new EndpointPayload(
                fields.texts("endpoints"),
                fields.number("nat_type"),
                fields.text("signal"),
                fields.texts("turns").orElse(List.of()),
                fields.texts("signals").orElse(List.of()));
    }

    static TopicPayload topic(Fields fields) throws MalformedVectorException, UnsupportedCaseException {
        Map<String, CborValue> meta = new LinkedHashMap<>();
        for (Fields entry : fields.objects("meta")) {
            meta.put(entry.text("key"), value(entry.object("value")));
        }
        return new TopicPayload(
                fields.number("version"),
                fields.text("topic"),
                fields.text("name"),
                fields.texts("protocols"),
                fields.texts("tags"),
                fields.text("brief"),
                meta);
    }

    private static CborValue value(Fields value) throws MalformedVectorException, UnsupportedCaseException {
        return switch (value.text("type")) {
            case "null" -> new CborValue.Null();
            case "bool" -> new CborValue.Bool(value.bool("value"));
            case "int" -> new CborValue.Int(value.converted("value", "a decimal string", BigInteger::new));
            case "float" -> new CborValue.Floating(value.converted("value", "a number", Double::parseDouble));
            case "text" -> new CborValue.Text(value.text("value"));
            case "bytes" -> new CborValue.Binary(value.hex("value"));
            case "array" -> sequence(value);
            case "map" -> dictionary(value);
            case String other -> throw new UnsupportedCaseException("unknown type of value " + other);
        };
    }

    private static CborValue sequence(Fields value) throws MalformedVectorException, UnsupportedCaseException {
        List<CborValue> items = new ArrayList<>();
        for (Fields item : value.objects("value")) {
            items.add(value(item));
        }
        return new CborValue.Sequence(items);
    }

    private static CborValue dictionary(Fields value) throws MalformedVectorException, UnsupportedCaseException {
        Map<CborValue, CborValue> entries = new LinkedHashMap<>();
        for (Fields entry : value.objects("value")) {
            entries.put(new CborValue.Text(entry.text("key")), value(entry.object("value")));
        }
        return new CborValue.Dictionary(entries);
    }
}
