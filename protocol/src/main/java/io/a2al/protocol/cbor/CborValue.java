package io.a2al.protocol.cbor;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A CBOR data item of any type, for the few fields that a sender may fill freely, such as the {@code meta} map of a
 * topic payload. Immutable, with value equality; thread-safe.
 */
public sealed interface CborValue {

    /** The simple value null. */
    record Null() implements CborValue {}

    /** A boolean. */
    record Bool(boolean value) implements CborValue {}

    /** An integer from -2^64 to 2^64 - 1. */
    record Int(BigInteger value) implements CborValue {

        private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        private static final BigInteger MIN = BigInteger.ONE.shiftLeft(64).negate();

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the value does not fit into a CBOR integer
         */
        public Int {
            if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("not within -2^64 to 2^64 - 1: " + value);
            }
        }

        /** Returns the integer {@code value}. */
        public static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }
    }

    /** A floating-point number; written in the shortest form that keeps the value. */
    record Floating(double value) implements CborValue {}

    /** A text. */
    record Text(String value) implements CborValue {}

    /** A byte string. */
    record Binary(Bytes value) implements CborValue {}

    /** A list. */
    record Sequence(List<CborValue> items) implements CborValue {

        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map. Its keys are written in canonical order, whatever the order of {@code entries}. */
    record Dictionary(Map<CborValue, CborValue> entries) implements CborValue {

        /** Copies the map. */
        public Dictionary {
            entries = Map.copyOf(entries);
        }
    }
}
