package io.a2al.core.bounds;

/**
 * A hash under a seed that strangers do not know, so that they cannot choose values that collide. Mixes as SplitMix64
 * does (Steele, Lea and Flood 2014). Stateless; thread-safe.
 */
public final class KeyedHash {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private KeyedHash() {}

    /** Returns 64 bits that depend on all bits of both. */
    public static long of(long value, long seed) {
        long mixed = (value + seed) * SPREAD + seed;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
