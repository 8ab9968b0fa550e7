package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Comparator;

/**
 * A point of the 256-bit key space: the routing identifier of a node, or the DHT key of a record (wire.md 1.2). It is
 * held as four big-endian words, so that comparing distances allocates nothing. Immutable, with value equality;
 * thread-safe.
 */
public final class NodeId implements Comparable<NodeId> {

    /** Length of a NodeID, in bytes. */
    public static final int LENGTH = 32;

    /** Length of a NodeID, in bits; also its common prefix length with itself. */
    public static final int BITS = 256;

    /** The NodeID of 32 zero bytes; in a STORE it means that no key is given (wire.md 7.7). */
    public static final NodeId ZERO = new NodeId(0, 0, 0, 0);

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long w0;
    private final long w1;
    private final long w2;
    private final long w3;

    private NodeId(long w0, long w1, long w2, long w3) {
        this.w0 = w0;
        this.w1 = w1;
        this.w2 = w2;
        this.w3 = w3;
    }

    /** Returns the NodeID in the 32 bytes from {@code offset} on. */
    public static NodeId read(byte[] bytes, int offset) {
        return new NodeId(
                (long) WORD.get(bytes, offset),
                (long) WORD.get(bytes, offset + 8),
                (long) WORD.get(bytes, offset + 16),
                (long) WORD.get(bytes, offset + 24));
    }

    /**
     * Returns the NodeID with these 32 bytes.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static NodeId of(Bytes bytes) {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a NodeID has " + LENGTH + " bytes, not " + bytes.length());
        }
        return read(bytes.toArray(), 0);
    }

    /**
     * Returns the NodeID that 64 hexadecimal digits of either case stand for.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static NodeId fromHex(String digits) {
        return of(Bytes.fromHex(digits));
    }

    /** Returns the NodeID of an address: the SHA-256 of its 21 bytes (wire.md 1.2). */
    public static NodeId ofAddress(Address address) {
        return read(Sha256.hash(address.toArray()), 0);
    }

    /** Returns the NodeID whose bytes are the SHA-256 of the concatenation of {@code parts}. */
    public static NodeId ofHash(byte[]... parts) {
        return read(Sha256.hash(parts), 0);
    }

    /** Returns the XOR distance to {@code other} (wire.md 1.3). */
    public NodeId distance(NodeId other) {
        return new NodeId(w0 ^ other.w0, w1 ^ other.w1, w2 ^ other.w2, w3 ^ other.w3);
    }

    /** Returns the number of leading bits that both NodeIDs share, from 0 to 256 (wire.md 1.3). */
    public int commonPrefixLength(NodeId other) {
        if (w0 != other.w0) {
            return Long.numberOfLeadingZeros(w0 ^ other.w0);
        }
        if (w1 != other.w1) {
            return 64 + Long.numberOfLeadingZeros(w1 ^ other.w1);
        }
        if (w2 != other.w2) {
            return 128 + Long.numberOfLeadingZeros(w2 ^ other.w2);
        }
        return w3 == other.w3 ? BITS : 192 + Long.numberOfLeadingZeros(w3 ^ other.w3);
    }

    /**
     * Compares the XOR distances of {@code a} and {@code b} to this NodeID as unsigned 256-bit numbers. The result is
     * negative if {@code a} is nearer, positive if {@code b} is, and zero only if they are equal.
     */
    public int compareDistance(NodeId a, NodeId b) {
        if (a.w0 != b.w0) {
            return Long.compareUnsigned(a.w0 ^ w0, b.w0 ^ w0);
        }
        if (a.w1 != b.w1) {
            return Long.compareUnsigned(a.w1 ^ w1, b.w1 ^ w1);
        }
        if (a.w2 != b.w2) {
            return Long.compareUnsigned(a.w2 ^ w2, b.w2 ^ w2);
        }
        return Long.compareUnsigned(a.w3 ^ w3, b.w3 ^ w3);
    }

    /** Returns true if {@code a} is strictly nearer to this NodeID than {@code b} is. */
    public boolean isNearer(NodeId a, NodeId b) {
        return compareDistance(a, b) < 0;
    }

    /** Returns a comparator that orders NodeIDs by their distance to this one, nearest first. */
    public Comparator<NodeId> byDistance() {
        return this::compareDistance;
    }

    /**
     * Returns this NodeID with the bit at {@code index} inverted; bit 0 is the most significant. Bucket {@code i} of a
     * node holds NodeIDs that first differ from its own at bit {@code i}.
     *
     * @throws IllegalArgumentException if {@code index} is not within 0 to 255
     */
    public NodeId flipBit(int index) {
        long mask = Long.MIN_VALUE >>> (index & 63);
        return switch (index >>> 6) {
            case 0 -> new NodeId(w0 ^ mask, w1, w2, w3);
            case 1 -> new NodeId(w0, w1 ^ mask, w2, w3);
            case 2 -> new NodeId(w0, w1, w2 ^ mask, w3);
            case 3 -> new NodeId(w0, w1, w2, w3 ^ mask);
            default -> throw new IllegalArgumentException("a bit of a NodeID is within 0 to 255, not " + index);
        };
    }

    /** Returns the first 64 bits, as an unsigned number. */
    public long prefix() {
        return w0;
    }

    /** Returns true if all 32 bytes are zero. */
    public boolean isZero() {
        return (w0 | w1 | w2 | w3) == 0;
    }

    /** Writes the 32 bytes into {@code target}, the first one at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        WORD.set(target, offset, w0);
        WORD.set(target, offset + 8, w1);
        WORD.set(target, offset + 16, w2);
        WORD.set(target, offset + 24, w3);
    }

    /** Returns a new array with the 32 bytes. */
    public byte[] toArray() {
        byte[] bytes = new byte[LENGTH];
        copyTo(bytes, 0);
        return bytes;
    }

    /** Returns the 32 bytes as a byte string. */
    public Bytes toBytes() {
        return Bytes.copyOf(toArray());
    }

    /** Returns 64 lowercase hexadecimal digits. */
    public String toHex() {
        return toBytes().toHex();
    }

    /**
     * Orders as 256-bit numbers, so that hash tables find one of many with the same hash quickly. For the order by
     * distance see {@link #byDistance}.
     */
    @Override
    public int compareTo(NodeId other) {
        return ZERO.compareDistance(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && w0 == that.w0 && w1 == that.w1 && w2 == that.w2 && w3 == that.w3;
    }

    @Override
    public int hashCode() {
        // A NodeID is a digest, but an attacker can search for one whose first word collides; mixing in the other words
        // costs almost nothing.
        return Long.hashCode(w0 ^ Long.rotateLeft(w1, 17) ^ Long.rotateLeft(w2, 31) ^ Long.rotateLeft(w3, 47));
    }

    @Override
    public String toString() {
        return toHex();
    }
}
