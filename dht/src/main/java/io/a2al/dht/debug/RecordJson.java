package io.a2al.dht.debug;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records as JSON objects, with components as members named in lower case with underscores; so new statistics
 * are shown without further code. For trees of records, maps, lists, numbers, texts and {@code Optional}s of them.
 * Stateless and thread-safe.
 */
final class RecordJson {

    private RecordJson() {}

    static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Record tree -> writeRecord(json, tree);
            case Map<?, ?> map -> writeMap(json, map);
            case List<?> list -> writeList(json, list);
            case Optional<?> present when present.isPresent() -> write(json, present.get());
            case Optional<?> absent -> json.writeNull();
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }

    private static void writeRecord(JsonGenerator json, Record tree) throws IOException {
        json.writeStartObject();
        for (RecordComponent component : tree.getClass().getRecordComponents()) {
            json.writeFieldName(underscored(component.getName()));
            write(json, valueOf(component, tree));
        }
        json.writeEndObject();
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey().toString().toLowerCase(Locale.ROOT));
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeList(JsonGenerator json, List<?> list) throws IOException {
        json.writeStartArray();
        for (Object element : list) {
            write(json, element);
        }
        json.writeEndArray();
    }

    private static String underscored(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object valueOf(RecordComponent component, Record tree) {
        try {
            return component.getAccessor().invoke(tree);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("statistics are public records", e);
        }
    }
}
