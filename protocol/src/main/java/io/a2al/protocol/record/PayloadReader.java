package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads payload maps. Their publishers sign them as opaque bytes and may use any CBOR library, so every well-formed
 * encoding is accepted ({@link CborReader#lenient}). Unknown keys are ignored, null counts as absent (wire.md 11), a
 * payload of null counts as an empty map, and of several values of a key the first counts. Stateless and thread-safe.
 */
final class PayloadReader {

    /** Reads the value of one field. */
    interface FieldHandler {
        void field(int key, CborReader reader) throws CborException, InvalidRecordException;
    }

    private PayloadReader() {}

    /** Passes each field with a key from 1 to 31 whose value is not null to {@code handler}. */
    static void read(Bytes payload, FieldHandler handler) throws InvalidRecordException {
        try {
            CborReader reader = CborReader.lenient(payload);
            if (!reader.tryNull()) {
                readMap(reader, handler);
            }
            reader.expectEnd();
        } catch (CborException e) {
            throw invalid("payload is malformed at byte " + e.offset() + ": " + e.getMessage());
        }
    }

    private static void readMap(CborReader reader, FieldHandler handler) throws CborException, InvalidRecordException {
        int seen = 0;
        reader.beginMap();
        for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
            if (key < 1 || key >= Integer.SIZE || (seen & 1 << key) != 0) {
                reader.skip();
                continue;
            }
            seen |= 1 << key;
            if (!reader.tryNull()) {
                handler.field(key, reader);
            }
        }
    }

    /** Reads a list of texts; null items count as empty texts. */
    static List<String> texts(CborReader reader) throws CborException {
        List<String> texts = new ArrayList<>();
        for (int left = reader.beginArray(); left > 0; left--) {
            texts.add(reader.tryNull() ? "" : reader.text());
        }
        reader.endArray();
        return List.copyOf(texts);
    }

    /** Reads a map with text keys and values of any type. */
    static Map<String, CborValue> meta(CborReader reader) throws CborException {
        int start = reader.position();
        if (!(reader.value() instanceof CborValue.Dictionary(Map<CborValue, CborValue> entries))) {
            throw new CborException("meta is not a map", start);
        }
        Map<String, CborValue> meta = new TreeMap<>();
        for (Map.Entry<CborValue, CborValue> entry : entries.entrySet()) {
            if (!(entry.getKey() instanceof CborValue.Text(String key))) {
                throw new CborException("meta has a key that is not a text", start);
            }
            meta.put(key, entry.getValue());
        }
        return meta;
    }

    static Optional<List<String>> copy(Optional<List<String>> list) {
        return list.map(List::copyOf);
    }

    static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(InvalidRecordException.Reason.PAYLOAD, message);
    }
}
