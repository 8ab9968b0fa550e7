package io.a2al.dht.result;

/**
 * How the node keeps its records on disk. Immutable; thread-safe.
 *
 * @param waiting changes that are not on the disk yet
 * @param lagNanos how long the oldest of those has been waiting, in nanoseconds; 0 if there is none
 * @param written changes that were written since the start
 * @param failures writes that the disk refused since the start
 * @param failing whether it refused the latest one; the node tries again until it succeeds
 */
public record DiskStatistics(int waiting, long lagNanos, long written, long failures, boolean failing) {

    /** Of a node that keeps nothing on disk. */
    public static final DiskStatistics NONE = new DiskStatistics(0, 0, 0, 0, false);
}
