package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 20 random octets that tie a response to its request (wire.md section 5). Immutable; thread-safe. */
public final class TransactionId {

    /** Length in octets. */
    public static final int LENGTH = 20;

    private final byte[] octets;

    private TransactionId(byte[] octets) {
        this.octets = octets;
    }

    /** A new one from {@code random}. */
    public static TransactionId generate(RandomGenerator random) {
        byte[] octets = new byte[LENGTH];
        random.nextBytes(octets);
        return new TransactionId(octets);
    }

    /**
     * The transaction id with these octets.
     *
     * @throws IllegalArgumentException if there are not exactly 20
     */
    public static TransactionId of(Bytes octets) {
        if (octets.length() != LENGTH) {
            throw new IllegalArgumentException("a transaction id has " + LENGTH + " octets, not " + octets.length());
        }
        return new TransactionId(octets.toArray());
    }

    static TransactionId read(byte[] input, int from) {
        return new TransactionId(Arrays.copyOfRange(input, from, from + LENGTH));
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, LENGTH);
    }

    /** The 20 octets. */
    public Bytes toBytes() {
        return Bytes.copyOf(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return toBytes().toHex();
    }
}
