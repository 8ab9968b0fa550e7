package io.a2al.protocol.cbor;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes canonical CBOR (wire.md 3.1) into a buffer that grows as needed. The caller writes map keys in canonical
 * order, which for the small integer keys of this protocol is ascending order. A writer can be used again after {@link
 * #reset()}. Not thread-safe.
 */
public final class CborWriter {

    private byte[] buffer;
    private int length;

    /** Creates a writer whose buffer holds {@code capacity} bytes before it grows. */
    public CborWriter(int capacity) {
        buffer = new byte[capacity];
    }

    /** Discards what was written and keeps the buffer. */
    public void reset() {
        length = 0;
    }

    /** Returns the number of bytes written. */
    public int length() {
        return length;
    }

    /**
     * Returns the buffer itself, not a copy. Its first {@link #length()} bytes are written. Valid until the next call
     * that writes, which may replace the buffer.
     */
    public byte[] buffer() {
        return buffer;
    }

    /** Returns a copy of what was written. */
    public Bytes toBytes() {
        return Bytes.copyOfRange(buffer, 0, length);
    }

    /** Begins a map; {@code pairs} keys, each followed by its value, must be written next. */
    public void beginMap(int pairs) {
        head(CborHead.MAP, pairs);
    }

    /** Begins a list; {@code items} items must be written next. */
    public void beginArray(int items) {
        head(CborHead.ARRAY, items);
    }

    /** Writes an integer from 0 to 2^64 - 1, given as an unsigned {@code long}. */
    public void unsigned(long value) {
        head(CborHead.UNSIGNED, value);
    }

    /** Writes a byte string. */
    public void bytes(Bytes bytes) {
        head(CborHead.BYTES, bytes.length());
        raw(bytes);
    }

    /** Writes {@code count} bytes of an array, from {@code offset} on, as a byte string. */
    public void bytes(byte[] bytes, int offset, int count) {
        head(CborHead.BYTES, count);
        raw(bytes, offset, count);
    }

    /**
     * Writes the head of a byte string and reserves {@code count} bytes, which the caller writes into {@link
     * #buffer()}.
     *
     * @return the offset of the first reserved byte
     */
    public int beginBytes(int count) {
        head(CborHead.BYTES, count);
        return reserve(count);
    }

    /**
     * Writes a text in UTF-8.
     *
     * @throws IllegalArgumentException if it has an unpaired surrogate and therefore no UTF-8 form
     */
    public void text(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            int bytes = utf8.remaining();
            head(CborHead.TEXT, bytes);
            ensure(bytes);
            utf8.get(buffer, length, bytes);
            length += bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text has an unpaired surrogate", e);
        }
    }

    /** Writes a boolean. */
    public void bool(boolean value) {
        ensure(1);
        buffer[length++] = (byte) (value ? CborHead.TRUE : CborHead.FALSE);
    }

    /** Writes null. */
    public void nil() {
        ensure(1);
        buffer[length++] = (byte) CborHead.NULL;
    }

    /** Appends bytes that are encoded CBOR. */
    public void raw(Bytes bytes) {
        ensure(bytes.length());
        bytes.copyTo(buffer, length);
        length += bytes.length();
    }

    /** Appends {@code count} bytes of an array, from {@code offset} on, that are encoded CBOR. */
    public void raw(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    /**
     * Reserves {@code count} bytes, which the caller writes into {@link #buffer()}; returns the offset of the first.
     */
    public int reserve(int count) {
        ensure(count);
        length += count;
        return length - count;
    }

    /** Writes a data item of any type. */
    public void value(CborValue value) {
        switch (value) {
            case CborValue.Null() -> nil();
            case CborValue.Bool(boolean bool) -> bool(bool);
            case CborValue.Int(BigInteger integer) -> {
                if (integer.signum() >= 0) {
                    unsigned(integer.longValue());
                } else {
                    head(CborHead.NEGATIVE, integer.not().longValue());
                }
            }
            case CborValue.Floating(double number) -> floating(number);
            case CborValue.Text(String text) -> text(text);
            case CborValue.Binary(Bytes bytes) -> bytes(bytes);
            case CborValue.Sequence(var items) -> {
                beginArray(items.size());
                items.forEach(this::value);
            }
            case CborValue.Dictionary(var entries) -> {
                beginMap(entries.size());
                for (Map.Entry<Bytes, CborValue> entry :
                        inCanonicalOrder(entries).entrySet()) {
                    raw(entry.getKey());
                    value(entry.getValue());
                }
            }
        }
    }

    private static Map<Bytes, CborValue> inCanonicalOrder(Map<CborValue, CborValue> entries) {
        Map<Bytes, CborValue> sorted = new TreeMap<>(CborWriter::compareKeys);
        CborWriter scratch = new CborWriter(32);
        entries.forEach((key, value) -> {
            scratch.reset();
            scratch.value(key);
            sorted.put(scratch.toBytes(), value);
        });
        return sorted;
    }

    /** Compares by RFC 7049 section 3.9: a shorter encoding comes first, equally long ones in byte order. */
    private static int compareKeys(Bytes a, Bytes b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private void floating(double number) {
        float single = (float) number;
        if (single != number && !Double.isNaN(number)) {
            ensure(9);
            buffer[length++] = (byte) CborHead.FLOAT_64;
            bigEndian(Double.doubleToRawLongBits(number), 8);
            return;
        }
        short half = Float.floatToFloat16(single);
        if (Double.isNaN(number) || Float.float16ToFloat(half) == single) {
            ensure(3);
            buffer[length++] = (byte) CborHead.FLOAT_16;
            bigEndian(Double.isNaN(number) ? 0x7e00 : half, 2);
        } else {
            ensure(5);
            buffer[length++] = (byte) CborHead.FLOAT_32;
            bigEndian(Float.floatToRawIntBits(single), 4);
        }
    }

    private void head(int majorType, long argument) {
        ensure(9);
        int type = majorType << 5;
        if (Long.compareUnsigned(argument, 24) < 0) {
            buffer[length++] = (byte) (type | (int) argument);
        } else if (Long.compareUnsigned(argument, 0xffL) <= 0) {
            buffer[length++] = (byte) (type | 24);
            bigEndian(argument, 1);
        } else if (Long.compareUnsigned(argument, 0xffffL) <= 0) {
            buffer[length++] = (byte) (type | 25);
            bigEndian(argument, 2);
        } else if (Long.compareUnsigned(argument, 0xffff_ffffL) <= 0) {
            buffer[length++] = (byte) (type | 26);
            bigEndian(argument, 4);
        } else {
            buffer[length++] = (byte) (type | 27);
            bigEndian(argument, 8);
        }
    }

    private void bigEndian(long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }
}
