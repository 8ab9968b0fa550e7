package io.a2al.core;

/**
 * A point in time as the shell sees it. Immutable; thread-safe.
 *
 * @param nanos monotonic nanoseconds from an arbitrary origin, for everything that waits
 * @param unixSeconds wall-clock time, for the validity of records
 */
public record Moment(long nanos, long unixSeconds) {}
