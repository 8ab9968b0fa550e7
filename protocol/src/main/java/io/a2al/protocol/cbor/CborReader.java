package io.a2al.protocol.cbor;

import static io.a2al.protocol.cbor.CborHead.ARRAY;
import static io.a2al.protocol.cbor.CborHead.BYTES;
import static io.a2al.protocol.cbor.CborHead.FALSE;
import static io.a2al.protocol.cbor.CborHead.FLOAT_16;
import static io.a2al.protocol.cbor.CborHead.FLOAT_32;
import static io.a2al.protocol.cbor.CborHead.FLOAT_64;
import static io.a2al.protocol.cbor.CborHead.MAP;
import static io.a2al.protocol.cbor.CborHead.NEGATIVE;
import static io.a2al.protocol.cbor.CborHead.NULL;
import static io.a2al.protocol.cbor.CborHead.SIMPLE_VALUE;
import static io.a2al.protocol.cbor.CborHead.TAG;
import static io.a2al.protocol.cbor.CborHead.TEXT;
import static io.a2al.protocol.cbor.CborHead.TRUE;
import static io.a2al.protocol.cbor.CborHead.UNDEFINED;
import static io.a2al.protocol.cbor.CborHead.UNSIGNED;
import static io.a2al.protocol.cbor.CborHead.UNSIGNED_BIGNUM;

import io.a2al.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CBOR from untrusted senders. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>False lengths.</b> Every length and count is compared with the number of remaining bytes before anything is
 *       allocated or looped over; an item needs at least one byte, a pair at least two.
 *   <li><b>Nesting.</b> At most {@value #MAX_DEPTH} levels. {@code CborNesting} holds the state of each level, and
 *       recursion ends at the same depth.
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

    /** Result of {@link #nextField()}: the map has no more pairs. */
    public static final int END = -1;

    /** Result of {@link #nextField()}: the key is not an integer from 0 to 2^31 - 2; its value has to be skipped. */
    public static final int OTHER_KEY = Integer.MAX_VALUE;

    private final boolean lenient;
    private final CborNesting nesting = new CborNesting();

    private byte[] input = new byte[0];
    private int position;
    private int limit;

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
        nesting.clear();
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
        return beginItems(MAP, "map", 2);
    }

    /** Enters a map or a list and returns the number of its pairs or items, each of which has {@code bytesEach}. */
    private int beginItems(int majorType, String what, int bytesEach) throws CborException {
        skipTags();
        int start = position;
        boolean indefinite = isIndefinite(majorType);
        int count;
        if (indefinite) {
            position++;
            count = CborItem.countToBreak(input, position, limit, nesting.depth()) / bytesEach;
        } else {
            count = count(majorType, what, bytesEach);
        }
        nesting.enter(start, count, indefinite);
        return count;
    }

    /** Returns true if the reader is lenient and the next item is of this type and of indefinite length. */
    private boolean isIndefinite(int majorType) throws CborException {
        return lenient && peek() == CborHead.ofIndefinite(majorType);
    }

    /**
     * Reads the next key of the innermost map and returns it if it is an integer from 0 to 2^31 - 2, else {@link
     * #OTHER_KEY}. After the last pair, leaves the map and returns {@link #END}.
     *
     * @throws CborException if the key is neither an integer nor a text, or is not in canonical order
     */
    public int nextField() throws CborException {
        if (!nesting.beginPair()) {
            leave();
            return END;
        }
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
        if (!lenient) {
            nesting.checkKeyOrder(input, start, position);
        }
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
        position += nesting.leave();
    }

    // ---- single items -----------------------------------------------------------------------------------------

    /** Returns true if the next item is null. */
    public boolean isNull() {
        return isNext(NULL);
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
        return CborHead.isSimpleNumber(head) ? simpleNumber() : argument(UNSIGNED, "integer");
    }

    private int simpleNumber() throws CborException {
        int start = position;
        int head = peek();
        position++;
        return head == SIMPLE_VALUE ? (int) bigEndian(1, start) : CborHead.additionalInformation(head);
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
            throw fail("expected a boolean, found " + CborHead.describe(head));
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
        if (isIndefinite(BYTES)) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (position++; peek() != CborHead.BREAK; ) {
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
        if (isIndefinite(TEXT)) {
            StringBuilder whole = new StringBuilder();
            for (position++; peek() != CborHead.BREAK; ) {
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
            position = CborItem.end(input, position, limit, nesting.depth());
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
        if (lenient && CborHead.isSimpleNumber(head)) {
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

    /** Returns true if there is a next item with this head. */
    private boolean isNext(int head) {
        return position < limit && (input[position] & 0xff) == head;
    }

    /** Returns the head of the next item, and does not move. */
    private int peek() throws CborException {
        if (position >= limit) {
            throw fail("unexpected end");
        }
        return input[position] & 0xff;
    }

    /** Returns the major type of the next item, and does not move. */
    private int majorType() throws CborException {
        return peek() >> 5;
    }

    /**
     * Reads the head of a string, list or map and returns its length or count.
     *
     * @param bytesEach the number of bytes that each unit of it needs at least
     * @throws CborException if that is more than the remaining bytes can hold
     */
    private int count(int majorType, String what, int bytesEach) throws CborException {
        int start = position;
        long count = argument(majorType, what);
        if (count < 0 || count > (limit - position) / bytesEach) {
            throw new CborException(what + " claims more than the input holds", start);
        }
        return (int) count;
    }

    /**
     * Reads the head of an item of a major type and returns its argument, an unsigned number. Most arguments are in the
     * first byte; the other cases have a method of their own, so that this one is small enough to be inlined.
     */
    private long argument(int majorType, String what) throws CborException {
        int inFirstByte = position < limit ? (input[position] & 0xff) - (majorType << 5) : -1;
        if (inFirstByte >= 0 && inFirstByte < 24) {
            position++;
            return inFirstByte;
        }
        return argumentOfSeveralBytes(majorType, what);
    }

    private long argumentOfSeveralBytes(int majorType, String what) throws CborException {
        int start = position;
        int head = peek();
        if (head >> 5 != majorType) {
            throw fail("expected " + what + ", found " + CborHead.describe(head));
        }
        position++;
        int info = CborHead.additionalInformation(head);
        long value = switch (info) {
            case 24 -> bigEndian(1, start);
            case 25 -> bigEndian(2, start);
            case 26 -> bigEndian(4, start);
            case 27 -> bigEndian(8, start);
            case CborHead.INDEFINITE -> throw new CborException("indefinite lengths are not used", start);
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

    /** Reads an unsigned number that belongs to the item at {@code start}. */
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
            int head = peek();
            if (!CborHead.canFollowTag(tag, head)) {
                throw new CborException("tag " + tag + " before " + CborHead.describe(head), start);
            }
        }
        return tag;
    }

    private void skipTags() throws CborException {
        var _ = readTags();
    }

    /** Returns an exception about the item at this position. */
    private CborException fail(String message) {
        return new CborException(message, position);
    }
}
