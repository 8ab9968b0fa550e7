package io.a2al.core.liveness;

/**
 * Whether a node's own network works, as far as it can tell. Immutable; thread-safe.
 *
 * @param doubted nobody is blamed for silence at present
 * @param doubts how often that was so since the start
 */
public record ConnectivityStatistics(boolean doubted, long doubts) {}
