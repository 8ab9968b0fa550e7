package io.a2al.protocol;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string with value equality. Offsets and lengths count bytes. Thread-safe.
 */
public final class Bytes implements Comparable<Bytes> {

    /** The byte string of length zero. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a byte string with a copy of the whole array. */
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /**
     * Returns a byte string with a copy of the bytes from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public static Bytes copyOfRange(byte[] bytes, int from, int to) {
        if (from < 0 || to > bytes.length || from > to) {
            throw new IndexOutOfBoundsException("range " + from + " to " + to + " of " + bytes.length + " bytes");
        }
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** Returns a byte string of {@code length} zero bytes. */
    public static Bytes zeros(int length) {
        return length == 0 ? EMPTY : new Bytes(new byte[length]);
    }

    /**
     * Returns the bytes that hexadecimal digits of either case stand for, two digits per byte, without separators.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Bytes fromHex(String digits) {
        return digits.isEmpty() ? EMPTY : new Bytes(HexFormat.of().parseHex(digits));
    }

    /** Returns the number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Returns true if the length is zero. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Returns the byte at {@code index} as a number from 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** Returns a byte string with the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return from == 0 && to == bytes.length ? this : copyOfRange(bytes, from, to);
    }

    /** Returns a new array with these bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Copies all bytes into {@code target}, the first one at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** Copies {@code length} bytes, beginning with the one at {@code from}, into {@code target} at {@code offset}. */
    public void copyTo(int from, byte[] target, int offset, int length) {
        System.arraycopy(bytes, from, target, offset, length);
    }

    /** Returns these bytes followed by those of {@code tail}. */
    public Bytes concat(Bytes tail) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + tail.bytes.length);
        tail.copyTo(joined, bytes.length);
        return new Bytes(joined);
    }

    /**
     * Returns true if {@code other} has exactly these bytes from {@code from} (inclusive) to {@code to} (exclusive).
     */
    public boolean equalsRange(byte[] other, int from, int to) {
        return Arrays.equals(bytes, 0, bytes.length, other, from, to);
    }

    /** Returns these bytes as lowercase hexadecimal digits, two per byte. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Compares byte by byte as unsigned numbers; a prefix comes before longer byte strings. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
