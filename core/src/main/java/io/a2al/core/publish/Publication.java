package io.a2al.core.publish;

import java.util.Deque;
import java.util.Optional;

/** One publication of the application: its share in a slot, which several publications may have. Not thread-safe. */
final class Publication {

    private final long id;
    private final ReplicaSet set;
    private final boolean renewable;
    private Optional<Long> waiting = Optional.empty();

    Publication(long id, ReplicaSet set, boolean renewable) {
        this.id = id;
        this.set = set;
        this.renewable = renewable;
    }

    long id() {
        return id;
    }

    ReplicaSet set() {
        return set;
    }

    /** Returns true if the application can make a newer record. */
    boolean isRenewable() {
        return renewable;
    }

    /** Lets an operation wait for the end of the round. */
    void await(long operation) {
        waiting = Optional.of(operation);
    }

    /** Ends the operation that waits, if there is one, with the number of replicas confirmed. */
    void settle(Deque<PublishStep> notices) {
        waiting.ifPresent(operation -> notices.add(set.settled(operation)));
        waiting = Optional.empty();
    }
}
