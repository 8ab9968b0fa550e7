package io.a2al.core;

import io.a2al.core.guard.Guard;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one input. Not thread-safe. */
final class Outbox {

    private final Guard guard;
    private List<Effect> effects = new ArrayList<>(2);
    private long sent;

    /** Tells {@code guard} of everything that is sent. */
    Outbox(Guard guard) {
        this.guard = guard;
    }

    void send(Endpoint to, TransactionId transactionId, Message message) {
        effects.add(new Effect.Send(to, transactionId, message));
        guard.sent(to, message);
        sent++;
    }

    void complete(long operation, Outcome outcome) {
        effects.add(new Effect.Complete(operation, outcome));
    }

    void renewalDue(long publication) {
        effects.add(new Effect.RenewalDue(publication));
    }

    void observed(NodeId reporter, Endpoint endpoint) {
        effects.add(new Effect.Observed(reporter, endpoint));
    }

    void heard(long listener, VerifiedRecord record) {
        effects.add(new Effect.Heard(listener, record));
    }

    void saveDue() {
        effects.add(new Effect.SaveDue());
    }

    void seedsWanted() {
        effects.add(new Effect.SeedsWanted());
    }

    /** Hands over what was collected and starts anew. */
    List<Effect> drain() {
        List<Effect> drained = effects;
        effects = new ArrayList<>(2);
        return drained;
    }

    /** Messages sent since the start. */
    long sent() {
        return sent;
    }
}
