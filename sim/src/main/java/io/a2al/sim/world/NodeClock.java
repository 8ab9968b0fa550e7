package io.a2al.sim.world;

import io.a2al.core.time.ShellTime;
import java.time.Duration;

/**
 * The clocks of one machine: both may run too fast or too slow, and the wall clock may be wrong. Immutable;
 * thread-safe.
 *
 * @param origin nanoseconds that the monotonic clock shows at the beginning of the run
 * @param drift what the machine gains, in parts per million
 * @param skewSeconds how far the wall clock is ahead
 */
public record NodeClock(long origin, int drift, long skewSeconds) {

    /** A machine whose clocks are right. */
    public static final NodeClock RIGHT = new NodeClock(0, 0, 0);

    /** Unix time at the beginning of every run: 1 January 2026. */
    public static final long UNIX_EPOCH_OF_RUNS = 1_767_225_600L;

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLION = 1_000_000;

    /** What the clocks show at a virtual time. */
    public ShellTime at(long virtual) {
        long shown = virtual + gained(virtual);
        return new ShellTime(origin + shown, UNIX_EPOCH_OF_RUNS + skewSeconds + Math.floorDiv(shown, NANOS_PER_SECOND));
    }

    /** The first virtual time at which the monotonic clock shows this or more. */
    public long virtual(long nanos) {
        long shown = nanos - origin;
        // Each million of virtual nanoseconds the clock shows a million and the drift: first which of them, then where
        // in it.
        long million = Math.ceilDiv(shown - (MILLION - 1), MILLION + drift);
        return million * MILLION + Math.max(0, shown - million * (MILLION + drift));
    }

    /**
     * The same clocks after the monotonic one stood still for this long, as it does on many systems while they sleep.
     */
    public NodeClock stoodStill(long nanos) {
        return new NodeClock(origin - nanos - gained(nanos), drift, skewSeconds);
    }

    private long gained(long nanos) {
        return Math.floorDiv(nanos, MILLION) * drift;
    }
}
