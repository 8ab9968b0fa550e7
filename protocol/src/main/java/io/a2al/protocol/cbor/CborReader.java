package io.a2al.protocol.cbor;

import io.a2al.protocol.Bytes;
import java.io.ByteArrayOutputStream;
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
 *   <li><b>Several encodings of one value.</b> A strict reader accepts definite lengths only, integers and lengths in
 *       shortest form, no tags, map keys in canonical order; the order also excludes duplicate keys. Payloads and
 *       delegation proofs, which other nodes store as opaque bytes, are read with a {@link #lenient} reader.
 *   <li><b>Costly exceptions.</b> {@link CborException} has no stack trace and is the only exception thrown.
 * </ul>
 *
 * To read a map, call {@code beginMap}, then {@code nextField} until it returns {@link #END}. After every other result,
 * read or skip exactly one item. Offsets count from the start of the array. Not thread-safe. A reader can be used again
 * after {@link #reset}.
 */
public final class CborReader {

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
    static final int TAG = 6;

    private static final int UNSIGNED_BIGNUM = 2;

    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;
    private static final int UNDEFINED = 0xf7;
    private static final int SIMPLE_VALUE = 0xf8;
    private static final int FLOAT_16 = 0xf9;
    private static final int FLOAT_32 = 0xfa;
    private static final int FLOAT_64 = 0xfb;

    private final boolean lenient;
    private int[] pairsLeft = new int[USUAL_DEPTH + 1];
    private int[] lastKeyFrom = new int[USUAL_DEPTH + 1];
    private int[] lastKeyTo = new int[USUAL_DEPTH + 1];
    private boolean[] endsWithBreak = new boolean[USUAL_DEPTH + 1];

    private byte[] input = new byte[0];
    private int position;
    private int limit;
    private int depth;

    /** Creates a strict reader without input; {@link #reset} sets it. */
    public CborReader() {
        this(false);
    }

    private CborReader(boolean lenient) {
        this.lenient = lenient;
    }

    /** Returns a strict reader of the whole byte string. */
    public static CborReader of(Bytes input) {
        CborReader reader = new CborReader();
        reader.reset(input.toArray(), 0, input.length());
        return reader;
    }

    /**
     * Returns a reader of the whole byte string that accepts any well-formed encoding, as the CBOR library of the
     * reference implementation does: indefinite lengths, integers and lengths of any width, map keys in any order and
     * more than once, byte strings written as lists of integers, integers written as big or simple numbers. Tags are
     * ignored, {@code undefined} counts as null, and skipped texts need not be UTF-8. The caller decides which of
     * several values of a key counts.
     *
     * @throws CborException if the input does not begin with a well-formed item of at most {@value #MAX_DEPTH} levels
     */
    public static CborReader lenient(Bytes input) throws CborException {
        CborReader reader = new CborReader(true);
        reader.reset(input.toArray(), 0, input.length());
        var _ = CborItem.end(reader.input, 0, reader.limit, 0);
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
        int pairs = beginItems(MAP, "map", 2);
        pairsLeft[depth] = pairs;
        lastKeyFrom[depth] = -1;
        return pairs;
    }

    /** Enters a map or a list and returns the number of its pairs or items, each of which has {@code bytesEach}. */
    private int beginItems(int majorType, String what, int bytesEach) throws CborException {
        skipTags();
        int start = position;
        boolean indefinite = lenient && peek() == (majorType << 5 | CborItem.INDEFINITE);
        int count;
        if (indefinite) {
            position++;
            count = CborItem.countToBreak(input, position, limit, depth) / bytesEach;
        } else {
            count = count(majorType, what, bytesEach);
        }
        enter(start);
        endsWithBreak[depth] = indefinite;
        return count;
    }

    /**
     * Reads the next key of the innermost map and returns it if it is an integer from 0 to 2^31 - 2, else {@link
     * #OTHER_KEY}. After the last pair, leaves the map and returns {@link #END}.
     *
     * @throws CborException if the key is neither an integer nor a text, or is not in canonical order
     */
    public int nextField() throws CborException {
        if (pairsLeft[depth] == 0) {
            leave();
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
        return beginItems(ARRAY, "list", 1);
    }

    /** Leaves the innermost list. */
    public void endArray() {
        leave();
    }

    private void leave() {
        position += endsWithBreak[depth] ? 1 : 0;
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
            endsWithBreak = Arrays.copyOf(endsWithBreak, MAX_DEPTH + 1);
        }
    }

    private void checkKeyOrder(int start) throws CborException {
        if (lenient) {
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

    /** Reads the next item if it is null, for a lenient reader also if undefined; returns true if it was. */
    public boolean tryNull() throws CborException {
        int start = position;
        skipTags();
        if (isNull() || (lenient && peek() == UNDEFINED)) {
            position++;
            return true;
        }
        position = start;
        return false;
    }

    /** Reads an integer from 0 to 2^64 - 1 and returns it as an unsigned {@code long}. */
    public long unsigned() throws CborException {
        if (!lenient) {
            return argument(UNSIGNED, "integer");
        }
        int start = position;
        boolean big = readTags() == UNSIGNED_BIGNUM;
        int head = peek();
        if (big) {
            BigInteger number = new BigInteger(1, bytes().toArray());
            if (number.bitLength() > Long.SIZE) {
                throw new CborException("integer of more than 64 bits", start);
            }
            return number.longValue();
        }
        return isSimpleNumber(head) ? simpleNumber() : argument(UNSIGNED, "integer");
    }

    /** Returns true for the head of a simple value other than false, true, null and undefined. */
    private static boolean isSimpleNumber(int head) {
        return (head >= 0xe0 && head < FALSE) || head == SIMPLE_VALUE;
    }

    private int simpleNumber() throws CborException {
        int head = peek();
        position++;
        return head == SIMPLE_VALUE ? (int) bigEndian(1, position - 1) : head & 0x1f;
    }

    private void skipTags() throws CborException {
        var _ = readTags();
    }

    /**
     * Moves a lenient reader to the content of the next item if that has tags.
     *
     * @return the number of the innermost tag, or -1 if there is none
     * @throws CborException if a tag that RFC 8949 defines has content of another type
     */
    private long readTags() throws CborException {
        long tag = -1;
        while (lenient && position < limit && (input[position] & 0xff) >> 5 == TAG) {
            int start = position;
            tag = argument(TAG, "tag");
            if (!canHold(tag, peek())) {
                throw new CborException("tag " + tag + " before " + describe(peek()), start);
            }
        }
        return tag;
    }

    /** Tags 0 to 3: time as a text, time as a number, big integers as byte strings (RFC 8949 section 3.4). */
    private static boolean canHold(long tag, int head) {
        int majorType = head >> 5;
        if (tag == 0) {
            return majorType == TEXT;
        }
        if (tag == 1) {
            return majorType == UNSIGNED || majorType == NEGATIVE || (head >= FLOAT_16 && head <= FLOAT_64);
        }
        return (tag != UNSIGNED_BIGNUM && tag != UNSIGNED_BIGNUM + 1) || majorType == BYTES;
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
        skipTags();
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
        skipTags();
        if (lenient && peek() >> 5 == ARRAY) {
            return listedBytes();
        }
        if (lenient && peek() == (BYTES << 5 | CborItem.INDEFINITE)) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (position++; peek() != CborItem.BREAK; ) {
                whole.writeBytes(bytes().toArray());
            }
            position++;
            return Bytes.copyOf(whole.toByteArray());
        }
        int length = beginBytes();
        position += length;
        return Bytes.copyOfRange(input, position - length, position);
    }

    private Bytes listedBytes() throws CborException {
        byte[] bytes = new byte[beginArray()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = tryNull() ? 0 : (byte) unsigned(0xff);
        }
        endArray();
        return Bytes.copyOf(bytes);
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
        skipTags();
        int start = position;
        if (lenient && peek() == (TEXT << 5 | CborItem.INDEFINITE)) {
            StringBuilder whole = new StringBuilder();
            for (position++; peek() != CborItem.BREAK; ) {
                whole.append(text());
            }
            position++;
            return whole.toString();
        }
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

    /**
     * Reads one item of any type and discards it. A strict reader checks it like any other; for a lenient one it only
     * has to be well-formed.
     */
    public void skip() throws CborException {
        if (lenient) {
            position = CborItem.end(input, position, limit, depth);
            return;
        }
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

    /**
     * Reads one item of any type. A strict reader rejects a map with a duplicate key, though it accepts any order here;
     * for a lenient one the last value counts.
     */
    public CborValue value() throws CborException {
        skipTags();
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
                for (int left = beginMap(); left > 0; left--) {
                    int keyStart = position;
                    if (entries.put(value(), value()) != null && !lenient) {
                        throw new CborException("duplicate map key", keyStart);
                    }
                }
                leave();
                yield new CborValue.Dictionary(entries);
            }
            case TAG -> throw fail("tags are not used");
            default -> simple();
        };
    }

    private CborValue simple() throws CborException {
        int start = position;
        int head = peek();
        if (lenient && isSimpleNumber(head)) {
            return CborValue.Int.of(simpleNumber());
        }
        if (tryNull()) {
            return new CborValue.Null();
        }
        position++;
        return switch (head) {
            case FALSE -> new CborValue.Bool(false);
            case TRUE -> new CborValue.Bool(true);
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
        if (!lenient && !isShortest(info, value)) {
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
