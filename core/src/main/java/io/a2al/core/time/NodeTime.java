package io.a2al.core.time;

/**
 * A point in the node's own time, in which the node lives: it does not jump when the machine sleeps or the process is
 * stopped. Made by {@link NodeClock} only, from the shell's time. Immutable; thread-safe.
 *
 * @param nanos monotonic nanoseconds from an arbitrary origin, for everything that waits; never comparable with those
 *     of a {@link ShellTime}
 * @param unixSeconds wall-clock time, for the validity of records
 */
public record NodeTime(long nanos, long unixSeconds) {

    /** A deadline in nanoseconds that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Returns the earlier of two deadlines in nanoseconds, each perhaps {@link #NEVER}. */
    public static long earlier(long a, long b) {
        return a == NEVER || (b != NEVER && b - a < 0) ? b : a;
    }
}
