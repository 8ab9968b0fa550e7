package io.a2al.core.publish;

import io.a2al.protocol.record.VerifiedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One replica: that a node holds a record of a slot. A link in the list of all that the node holds, as there are eight
 * for each of very many publications, and a node may hold all of them. Times in nanoseconds. Not thread-safe.
 */
final class Replica {

    private final ReplicaSet set;
    private final ReplicaHolder peer;
    private VerifiedRecord holds;
    private long confirmedAt;

    /** Neighbours in the list of the node, which alone changes them. */
    @Nullable
    Replica before;

    @Nullable
    Replica after;

    Replica(ReplicaSet set, ReplicaHolder peer, VerifiedRecord holds) {
        this.set = set;
        this.peer = peer;
        this.holds = holds;
    }

    ReplicaSet set() {
        return set;
    }

    ReplicaHolder peer() {
        return peer;
    }

    /** Returns the record that the node confirmed last. */
    VerifiedRecord holds() {
        return holds;
    }

    long confirmedAt() {
        return confirmedAt;
    }

    /** Notes that the node holds this record now. */
    void confirm(VerifiedRecord record, long now) {
        holds = record;
        confirmedAt = now;
    }
}
