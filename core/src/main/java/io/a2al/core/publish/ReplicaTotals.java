package io.a2al.core.publish;

/**
 * How widely all records that a node publishes are held, as of one moment. Immutable; thread-safe.
 *
 * @param records published records that have not expired
 * @param confirmed nodes that hold the latest of each, added up
 * @param wanted nodes that should hold them, added up
 * @param lacking records that fewer nodes hold than should
 */
public record ReplicaTotals(int records, long confirmed, long wanted, int lacking) {}
