package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 20 random bytes that tie a response to its request (wire.md section 5). Immutable; thread-safe. */
public final class TransactionId implements Comparable<TransactionId> {

    /** Length of a transaction id, in bytes. */
    public static final int LENGTH = 20;

    private final byte[] bytes;

    private TransactionId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a new transaction id from {@code random}. */
    public static TransactionId generate(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new TransactionId(bytes);
    }

    /**
     * Returns the transaction id with these bytes.
     *
     * @throws IllegalArgumentException if there are not exactly 20
     */
    public static TransactionId of(Bytes bytes) {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a transaction id has " + LENGTH + " bytes, not " + bytes.length());
        }
        return new TransactionId(bytes.toArray());
    }

    static TransactionId read(byte[] input, int from) {
        return new TransactionId(Arrays.copyOfRange(input, from, from + LENGTH));
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** Returns the 20 bytes. */
    public Bytes toBytes() {
        return Bytes.copyOf(bytes);
    }

    /** Orders by the bytes, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(TransactionId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toBytes().toHex();
    }
}
