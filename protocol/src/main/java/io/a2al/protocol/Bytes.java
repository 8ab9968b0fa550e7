package io.a2al.protocol;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string with value equality; the unit is the octet. Thread-safe.
 */
public final class Bytes implements Comparable<Bytes> {

    /** The byte string of length zero. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** Copies the whole array. */
    public static Bytes copyOf(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /**
     * Copies the octets from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public static Bytes copyOfRange(byte[] octets, int from, int to) {
        if (from < 0 || to > octets.length || from > to) {
            throw new IndexOutOfBoundsException("range " + from + " to " + to + " of " + octets.length + " octets");
        }
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(octets, from, to));
    }

    /** A byte string of {@code length} zero octets. */
    public static Bytes zeros(int length) {
        return length == 0 ? EMPTY : new Bytes(new byte[length]);
    }

    /**
     * Reads hexadecimal digits of either case, two per octet, without separators.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Bytes fromHex(String digits) {
        return digits.isEmpty() ? EMPTY : new Bytes(HexFormat.of().parseHex(digits));
    }

    /** The number of octets. */
    public int length() {
        return octets.length;
    }

    /** True for the byte string of length zero. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at {@code index} as a number from 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /** The octets from {@code from} (inclusive) to {@code to} (exclusive) as a byte string of their own. */
    public Bytes slice(int from, int to) {
        return from == 0 && to == octets.length ? this : copyOfRange(octets, from, to);
    }

    /** A fresh array with these octets. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Writes all octets into {@code target}, the first one at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    /** Writes {@code length} octets, beginning with the one at {@code from}, into {@code target} at {@code offset}. */
    public void copyTo(int from, byte[] target, int offset, int length) {
        System.arraycopy(octets, from, target, offset, length);
    }

    /** These octets followed by those of {@code tail}. */
    public Bytes concat(Bytes tail) {
        byte[] joined = Arrays.copyOf(octets, octets.length + tail.octets.length);
        tail.copyTo(joined, octets.length);
        return new Bytes(joined);
    }

    /** True if the octets of {@code other} in the given range are exactly these. */
    public boolean equalsRange(byte[] other, int from, int to) {
        return Arrays.equals(octets, 0, octets.length, other, from, to);
    }

    /** Lowercase hexadecimal digits, two per octet. */
    public String toHex() {
        return HexFormat.of().formatHex(octets);
    }

    /** Compares octet by octet as unsigned numbers; a prefix comes before its continuations. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
