package io.a2al.core.publish;

import java.util.Deque;
import java.util.Optional;

/** What the application calls one publication: a name for its share in a slot. Not thread-safe. */
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

    /** True if the application can make a newer record. */
    boolean isRenewable() {
        return renewable;
    }

    /** An operation waits for the end of the round. */
    void await(long operation) {
        waiting = Optional.of(operation);
    }

    /** Tells the operation that waits, if there is one, how far the round came. */
    void settle(Deque<PublishStep> notices) {
        waiting.ifPresent(operation -> notices.add(set.settled(operation)));
        waiting = Optional.empty();
    }
}
