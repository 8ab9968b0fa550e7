package io.a2al.core.liveness;

/**
 * Whether a node's own network works, as far as it can tell. Immutable; thread-safe.
 *
 * @param doubted true while no peer is suspected because of a timeout
 * @param doubts how often that was so since the start
 */
public record ConnectivityStatistics(boolean doubted, long doubts) {}
