package io.a2al.bench.local;

import java.time.Duration;

/**
 * Settings of a run in which a node is killed again and again. Immutable; thread-safe.
 *
 * @param kills how often the node is killed
 * @param rate new records a second that it is asked to store, at most; it decides how full its directory becomes
 * @param grace a record must be there after a kill if it was acknowledged at least this long before
 * @param patience time that a restarted node has to serve all such records
 * @param seed determines how long after the begin of the load each kill comes
 */
public record CrashSettings(int kills, int rate, Duration grace, Duration patience, long seed) {

    /** Maximum number of kills. */
    public static final int MAX_KILLS = 100_000;

    /** Maximum rate; three seconds of it fit into a store of the default limits. */
    public static final int MAX_RATE = 10_000;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public CrashSettings {
        if (kills < 1 || kills > MAX_KILLS) {
            throw new IllegalArgumentException(kills + " kills; give 1 to " + MAX_KILLS);
        }
        if (rate < 1 || rate > MAX_RATE) {
            throw new IllegalArgumentException(rate + " records a second; give 1 to " + MAX_RATE);
        }
        if (grace.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("grace and patience must not be negative: " + grace + ", " + patience);
        }
    }
}
