package io.a2al.protocol.cbor;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CBOR from untrusted senders. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>False lengths.</b> Every length and count is compared with the number of remaining bytes before anything is
 *       allocated or looped over; an item needs at least one byte, a pair at least two.
 *   <li><b>Nesting.</b> At most {@value #MAX_DEPTH} levels. The state of each level is held in arrays, and recursion
 *       ends at the same depth.
 *   <li><b>Several encodings of one value.</b> Only definite lengths, integers and lengths in shortest form, no tags,
 *     map
 *       keys in canonical order; the order also excludes duplicate keys. Payloads, which other nodes store as opaque
 *       bytes, are read with {@link KeyOrder#ANY}: any order is accepted, and the caller checks for duplicates.
 *   <li><b>Costly exceptions.</b> {@link CborException} has no stack trace and is the only exception thrown.
 * </ul>
 *
 * To read a map, call {@code beginMap}, then {@code nextField} until it returns {@link #END}. After every other result,
 * read or skip exactly one item. Offsets count from the start of the array. Not thread-safe. A reader can be used again
 * after {@link #reset}.
 */
public final class CborReader {

    /** Which order of map keys is accepted. */
    public enum KeyOrder {
        /** Canonical order (RFC 7049 section 3.9), which excludes duplicate keys. */
        CANONICAL,
        /** Any order. The caller checks for duplicate keys. */
        ANY
    }

    /** The deepest nesting of maps and lists (wire.md 3.2). */
    public static final int MAX_DEPTH = 32;

    /**
     * Levels that a reader has room for at first. Regular messages and payloads are nested no deeper; since each
     * payload gets a reader of its own, the arrays begin small.
     */
    private static final int USUAL_DEPTH = 4;

    /** Result of {@link #nextField()}: the map has no more pairs. */
    public static final int END = -1;

    /** Result of {@link #nextField()}: the key is not an integer from 0 to 2^31 - 2; its value has to be skipped. */
    public static final int OTHER_KEY = Integer.MAX_VALUE;

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    private static final int TAG = 6;

    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;
    private static final int FLOAT_16 = 0xf9;
    private static final int FLOAT_32 = 0xfa;
    private static final int FLOAT_64 = 0xfb;

    private final KeyOrder keyOrder;
    private int[] pairsLeft = new int[USUAL_DEPTH + 1];
    private int[] lastKeyFrom = new int[USUAL_DEPTH + 1];
    private int[] lastKeyTo = new int[USUAL_DEPTH + 1];

    private byte[] input = new byte[0];
    private int position;
    private int limit;
    private int depth;

    /** Creates a reader without input; {@link #reset} sets it. */
    public CborReader(KeyOrder keyOrder) {
        this.keyOrder = keyOrder;
    }

    /** Returns a reader of the whole byte string. */
    public static CborReader of(Bytes input, KeyOrder keyOrder) {
        CborReader reader = new CborReader(keyOrder);
        reader.reset(input.toArray(), 0, input.length());
        return reader;
    }

    /**
     * Sets the input to the bytes of {@code input} from {@code from} (inclusive) to {@code to} (exclusive) and closes
     * all open structures. The array is not copied.
     */
    public void reset(byte[] input, int from, int to) {
        this.input = input;
        this.position = from;
        this.limit = to;
        this.depth = 0;
    }

    /** Returns the offset of the next item. */
    public int position() {
        return position;
    }

    /** Returns the array that is being read, not a copy, for callers that copy ranges of it. */
    public byte[] input() {
        return input;
    }

    /**
     * Checks that the whole input was read.
     *
     * @throws CborException if bytes remain
     */
    public void expectEnd() throws CborException {
        if (position != limit) {
            throw fail((limit - position) + " bytes after the end of the item");
        }
    }

    // ---- structures -------------------------------------------------------------------------------------------

    /** Enters a map and returns its number of pairs. */
    public int beginMap() throws CborException {
        int start = position;
        int pairs = count(MAP, "map", 2);
        enter(start);
        pairsLeft[depth] = pairs;
        lastKeyFrom[depth] = -1;
        return pairs;
    }

    /**
     * Reads the next key of the innermost map and returns it if it is an integer from 0 to 2^31 - 2, else {@link
     * #OTHER_KEY}. After the last pair, leaves the map and returns {@link #END}.
     *
     * @throws CborException if the key is neither an integer nor a text, or breaks the {@link KeyOrder}
     */
    public int nextField() throws CborException {
        if (pairsLeft[depth] == 0) {
            depth--;
            return END;
        }
        pairsLeft[depth]--;
        int start = position;
        int key;
        switch (majorType()) {
            case UNSIGNED -> {
                long value = argument(UNSIGNED, "map key");
                key = value >= 0 && value < OTHER_KEY ? (int) value : OTHER_KEY;
            }
            case NEGATIVE -> {
                if (argument(NEGATIVE, "map key") < 0) {
                    throw new CborException("map key below -2^63", start);
                }
                key = OTHER_KEY;
            }
            case TEXT -> {
                text();
                key = OTHER_KEY;
            }
            default -> throw fail("map key is neither an integer nor a text");
        }
        checkKeyOrder(start);
        return key;
    }

    /** Enters a list and returns its number of items; {@link #endArray()} must follow the last one. */
    public int beginArray() throws CborException {
        int start = position;
        int items = count(ARRAY, "list", 1);
        enter(start);
        return items;
    }

    /** Leaves the innermost list. */
    public void endArray() {
        depth--;
    }

    private void enter(int start) throws CborException {
        if (depth == MAX_DEPTH) {
            throw new CborException("nested deeper than " + MAX_DEPTH + " levels", start);
        }
        depth++;
        if (depth == pairsLeft.length) {
            pairsLeft = Arrays.copyOf(pairsLeft, MAX_DEPTH + 1);
            lastKeyFrom = Arrays.copyOf(lastKeyFrom, MAX_DEPTH + 1);
            lastKeyTo = Arrays.copyOf(lastKeyTo, MAX_DEPTH + 1);
        }
    }

    private void checkKeyOrder(int start) throws CborException {
        if (keyOrder == KeyOrder.ANY) {
            return;
        }
        int from = lastKeyFrom[depth];
        if (from >= 0) {
            int to = lastKeyTo[depth];
            int order = to - from != position - start
                    ? Integer.compare(to - from, position - start)
                    : Arrays.compareUnsigned(input, from, to, input, start, position);
            if (order >= 0) {
                throw new CborException(order == 0 ? "duplicate map key" : "map keys not in canonical order", start);
            }
        }
        lastKeyFrom[depth] = start;
        lastKeyTo[depth] = position;
    }

    // ---- single items -----------------------------------------------------------------------------------------

    /** Returns true if the next item is null. */
    public boolean isNull() {
        return position < limit && (input[position] & 0xff) == NULL;
    }

    /** Reads the next item if it is null; returns true if it was. */
    public boolean tryNull() {
        if (isNull()) {
            position++;
            return true;
        }
        return false;
    }

    /** Reads an integer from 0 to 2^64 - 1 and returns it as an unsigned {@code long}. */
    public long unsigned() throws CborException {
        return argument(UNSIGNED, "integer");
    }

    /** Reads an integer from 0 to {@code max}. */
    public long unsigned(long max) throws CborException {
        int start = position;
        long value = unsigned();
        if (value < 0 || value > max) {
            throw new CborException("integer above " + max, start);
        }
        return value;
    }

    /** Reads a boolean. */
    public boolean bool() throws CborException {
        int head = peek();
        if (head != TRUE && head != FALSE) {
            throw fail("expected a boolean, found " + describe(head));
        }
        position++;
        return head == TRUE;
    }

    /** Reads the head of a byte string and returns its length; the content begins at {@link #position()}. */
    public int beginBytes() throws CborException {
        return count(BYTES, "byte string", 1);
    }

    /** Skips {@code bytes} bytes of a byte string whose head was read; the caller has checked that they are there. */
    public void advance(int bytes) {
        position += bytes;
    }

    /** Reads a byte string. */
    public Bytes bytes() throws CborException {
        int length = beginBytes();
        position += length;
        return Bytes.copyOfRange(input, position - length, position);
    }

    /** Reads a byte string of exactly {@code length} bytes and returns the offset of the first one. */
    public int bytesOfLength(int length) throws CborException {
        int start = position;
        int actual = beginBytes();
        if (actual != length) {
            throw new CborException("expected " + length + " bytes, found " + actual, start);
        }
        position += length;
        return position - length;
    }

    /** Reads a text; it must be valid UTF-8. */
    public String text() throws CborException {
        int start = position;
        int length = count(TEXT, "text", 1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input, position, length))
                    .toString();
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new CborException("text is not valid UTF-8", start);
        }
    }

    /** Reads one item of any type and discards it. The item is checked like any other. */
    public void skip() throws CborException {
        switch (majorType()) {
            case UNSIGNED -> unsigned();
            case NEGATIVE -> argument(NEGATIVE, "integer");
            case BYTES -> advance(beginBytes());
            case TEXT -> text();
            case ARRAY -> {
                for (int items = beginArray(); items > 0; items--) {
                    skip();
                }
                endArray();
            }
            case MAP -> {
                beginMap();
                while (nextField() != END) {
                    skip();
                }
            }
            case TAG -> throw fail("tags are not used");
            default -> simple();
        }
    }

    /** Reads one item of any type. A map with a duplicate key is rejected whatever the {@link KeyOrder}. */
    public CborValue value() throws CborException {
        return switch (majorType()) {
            case UNSIGNED -> new CborValue.Int(new BigInteger(Long.toUnsignedString(unsigned())));
            case NEGATIVE ->
                new CborValue.Int(new BigInteger(Long.toUnsignedString(argument(NEGATIVE, "integer"))).not());
            case BYTES -> new CborValue.Binary(bytes());
            case TEXT -> new CborValue.Text(text());
            case ARRAY -> {
                List<CborValue> items = new ArrayList<>();
                for (int left = beginArray(); left > 0; left--) {
                    items.add(value());
                }
                endArray();
                yield new CborValue.Sequence(items);
            }
            case MAP -> {
                Map<CborValue, CborValue> entries = new HashMap<>();
                int start = position;
                int pairs = count(MAP, "map", 2);
                enter(start);
                for (int left = pairs; left > 0; left--) {
                    int keyStart = position;
                    if (entries.put(value(), value()) != null) {
                        throw new CborException("duplicate map key", keyStart);
                    }
                }
                depth--;
                yield new CborValue.Dictionary(entries);
            }
            case TAG -> throw fail("tags are not used");
            default -> simple();
        };
    }

    private CborValue simple() throws CborException {
        int start = position;
        int head = peek();
        position++;
        return switch (head) {
            case FALSE -> new CborValue.Bool(false);
            case TRUE -> new CborValue.Bool(true);
            case NULL -> new CborValue.Null();
            case FLOAT_16 -> new CborValue.Floating(Float.float16ToFloat((short) bigEndian(2, start)));
            case FLOAT_32 -> new CborValue.Floating(Float.intBitsToFloat((int) bigEndian(4, start)));
            case FLOAT_64 -> new CborValue.Floating(Double.longBitsToDouble(bigEndian(8, start)));
            default -> throw new CborException("unexpected simple value or break", start);
        };
    }

    // ---- heads ------------------------------------------------------------------------------------------------

    private int peek() throws CborException {
        if (position >= limit) {
            throw fail("unexpected end");
        }
        return input[position] & 0xff;
    }

    private int majorType() throws CborException {
        return peek() >> 5;
    }

    private int count(int majorType, String what, int bytesEach) throws CborException {
        int start = position;
        long count = argument(majorType, what);
        if (count < 0 || count > (limit - position) / bytesEach) {
            throw new CborException(what + " claims more than the input holds", start);
        }
        return (int) count;
    }

    private long argument(int majorType, String what) throws CborException {
        int start = position;
        int head = peek();
        if (head >> 5 != majorType) {
            throw fail("expected " + what + ", found " + describe(head));
        }
        position++;
        int info = head & 0x1f;
        if (info < 24) {
            return info;
        }
        long value = switch (info) {
            case 24 -> bigEndian(1, start);
            case 25 -> bigEndian(2, start);
            case 26 -> bigEndian(4, start);
            case 27 -> bigEndian(8, start);
            case 31 -> throw new CborException("indefinite lengths are not used", start);
            default -> throw new CborException("reserved additional information " + info, start);
        };
        if (!isShortest(info, value)) {
            throw new CborException("integer or length not in shortest form", start);
        }
        return value;
    }

    private static boolean isShortest(int info, long value) {
        return switch (info) {
            case 24 -> value >= 24;
            case 25 -> value > 0xffL;
            case 26 -> value > 0xffffL;
            default -> Long.compareUnsigned(value, 0xffff_ffffL) > 0;
        };
    }

    private long bigEndian(int bytes, int start) throws CborException {
        if (limit - position < bytes) {
            throw new CborException("unexpected end", start);
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (input[position++] & 0xff);
        }
        return value;
    }

    private CborException fail(String message) {
        return new CborException(message, position);
    }

    private static String describe(int head) {
        return switch (head >> 5) {
            case UNSIGNED, NEGATIVE -> "an integer";
            case BYTES -> "a byte string";
            case TEXT -> "a text";
            case ARRAY -> "a list";
            case MAP -> "a map";
            case TAG -> "a tag";
            default -> head == NULL ? "null" : "a simple value";
        };
    }
}
