package io.a2al.core.republish;

import io.a2al.core.publish.PublishStep;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** One record to be stored at a number of nodes; whoever is silent is replaced by the next. Not thread-safe. */
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

    /** To be stored at the first {@code wanted} of these that answer; if nobody does, once more later. */
    static StoreTask storeAgain(NodeId key, VerifiedRecord record, List<Contact> targets, int wanted) {
        return new StoreTask(key, record, targets, wanted, true);
    }

    /** To be handed to these, if they are there. */
    static StoreTask handOver(NodeId key, VerifiedRecord record, List<Contact> receivers) {
        return new StoreTask(key, record, receivers, receivers.size(), false);
    }

    NodeId key() {
        return key;
    }

    VerifiedRecord record() {
        return record;
    }

    /** The next STORE, if one more is wanted now. */
    Optional<PublishStep.Store> next() {
        if (missing == 0 || targets.isEmpty()) {
            return Optional.empty();
        }
        missing--;
        underWay++;
        return Optional.of(new PublishStep.Store(targets.remove(), key, record));
    }

    /** A node answered, whatever it said. */
    void onAnswer() {
        underWay--;
        answered = true;
    }

    /** A node was silent, so that another one is wanted. */
    void onSilence() {
        underWay--;
        missing++;
    }

    /** True if it is over, and to be tried again as nobody answered at all. */
    boolean isToBeRetried() {
        return retried && !answered && underWay == 0 && targets.isEmpty();
    }
}
