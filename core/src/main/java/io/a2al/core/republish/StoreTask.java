package io.a2al.core.republish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * One record to be stored at a number of nodes. A node that does not answer is replaced by the next. Not thread-safe.
 */
final class StoreTask {

    private final NodeId key;
    private final VerifiedRecord record;
    private final Queue<Contact> targets;
    private final boolean retried;
    private int missing;
    private int underWay;
    private boolean answered;

    private StoreTask(NodeId key, VerifiedRecord record, List<Contact> targets, int wanted, boolean retried) {
        this.key = key;
        this.record = record;
        this.targets = new ArrayDeque<>(targets);
        this.missing = wanted;
        this.retried = retried;
    }

    /** Stores a record at the first {@code wanted} targets that answer; if none does, it is to be retried later. */
    static StoreTask republish(NodeId key, VerifiedRecord record, List<Contact> targets, int wanted) {
        return new StoreTask(key, record, targets, wanted, true);
    }

    /** Stores a record at each of these nodes that answers; not retried. */
    static StoreTask offer(NodeId key, VerifiedRecord record, List<Contact> newcomers) {
        return new StoreTask(key, record, newcomers, newcomers.size(), false);
    }

    NodeId key() {
        return key;
    }

    VerifiedRecord record() {
        return record;
    }

    /** Returns the next STORE, if one more is wanted now. */
    Optional<RepublishStep.Store> next() {
        if (missing == 0 || targets.isEmpty()) {
            return Optional.empty();
        }
        missing--;
        underWay++;
        return Optional.of(new RepublishStep.Store(targets.remove(), key, record));
    }

    /** A node answered, with yes or no. */
    void onAnswer() {
        underWay--;
        answered = true;
    }

    /** A node did not answer, so that another one is wanted. */
    void onNoAnswer() {
        underWay--;
        missing++;
    }

    /** Returns true if the task is over without a single answer and is to be retried. */
    boolean isToBeRetried() {
        return retried && !answered && underWay == 0 && targets.isEmpty();
    }
}
