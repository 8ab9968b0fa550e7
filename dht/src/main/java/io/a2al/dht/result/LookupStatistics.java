package io.a2al.dht.result;

/**
 * How the application's lookups get their turn. A lookup waits while as many are under way as the node can handle the
 * answers of; see {@link io.a2al.dht.Query}. Immutable; thread-safe.
 *
 * @param waiting lookups that have not begun
 * @param allowed how many may be under way at present; it falls when the node cannot keep up with received datagrams
 * @param refused lookups that were refused since the start, because too many waited, or because their time ended
 *     before they could begin
 */
public record LookupStatistics(int waiting, int allowed, long refused) {}
