package io.a2al.core.time;

/**
 * A point in time as the machine's clocks show it. The shell hands it in at the core's door, where {@link NodeClock}
 * turns it into a {@link NodeTime}; nothing else in the core sees it. Immutable; thread-safe.
 *
 * @param nanos monotonic nanoseconds from an arbitrary origin
 * @param unixSeconds wall-clock time
 */
public record ShellTime(long nanos, long unixSeconds) {}
