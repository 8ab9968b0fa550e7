package io.a2al.http.inspect;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import java.util.HashMap;
import java.util.Map;

/** The byte ranges of the values in the encoding of a map. Immutable. */
final class FieldRanges {

    private record Range(int from, int to) {}

    private final Map<Integer, Range> ranges;

    private FieldRanges(Map<Integer, Range> ranges) {
        this.ranges = ranges;
    }

    /** Returns the ranges of a well-formed map. For a byte string, only the content counts. */
    static FieldRanges ofMap(Bytes encoded) {
        Map<Integer, Range> ranges = new HashMap<>();
        try {
            CborReader reader = CborReader.lenient(encoded);
            reader.beginMap();
            for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
                int from = reader.position();
                reader.skip();
                int to = reader.position();
                ranges.put(key, new Range(isBytes(encoded, from) ? contentFrom(encoded, from) : from, to));
            }
        } catch (CborException changed) {
            throw new IllegalArgumentException("not a well-formed map", changed);
        }
        return new FieldRanges(ranges);
    }

    private static boolean isBytes(Bytes encoded, int from) {
        return encoded.at(from) >> 5 == 2;
    }

    private static int contentFrom(Bytes encoded, int from) throws CborException {
        CborReader reader = new CborReader();
        reader.reset(encoded.toArray(), from, encoded.length());
        reader.beginBytes();
        return reader.position();
    }

    private Range range(int field) {
        Range range = ranges.get(field);
        if (range == null) {
            throw new IllegalArgumentException("no field " + field);
        }
        return range;
    }

    /** Returns the offset of the first byte of the value of a field. */
    int from(int field) {
        return range(field).from;
    }

    /** Returns the first and the last byte of the value of a field. */
    String text(int field) {
        return range(field).from + " to " + (range(field).to - 1);
    }
}
