package io.a2al.sim.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Mixes numbers and bytes into 64-bit hashes that are equal on every machine. The hashes are not cryptographic.
 * Stateless; thread-safe.
 */
public final class Mixer {

    /** 2^64 divided by the golden ratio, made odd, so that consecutive multiples are spread evenly. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final long ROLLING = 0x9FB21C651E98DF25L;
    private static final double UNIT = 0x1.0p-53;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Mixer() {}

    /**
     * Returns {@code value} mixed by a bijection in which every input bit influences every output bit (Stafford's
     * variant 13).
     */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Returns {@code hash} extended by a number. The order of the numbers matters. */
    public static long add(long hash, long value) {
        return mix(mix(hash + GOLDEN) ^ value);
    }

    /** Returns {@code hash} extended by the bytes {@code from} (inclusive) to {@code to} (exclusive). */
    public static long add(long hash, byte[] bytes, int from, int to) {
        long rolling = hash ^ (to - from) * GOLDEN;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            rolling = roll(rolling, (long) WORDS.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | (bytes[at] & 0xff);
        }
        return mix(roll(rolling, rest));
    }

    private static long roll(long hash, long word) {
        long next = (hash ^ word) * ROLLING;
        return next ^ (next >>> 29);
    }

    /** Returns the upper 53 bits of a hash as a number from 0 (inclusive) to 1 (exclusive). */
    public static double unit(long hash) {
        return (hash >>> 11) * UNIT;
    }
}
