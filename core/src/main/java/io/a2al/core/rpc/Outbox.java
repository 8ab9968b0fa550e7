package io.a2al.core.rpc;

import io.a2al.core.api.Effect;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.core.store.ChangeListener;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the effects of one input, and those of what the shell changes in between. Not thread-safe. */
public final class Outbox implements ChangeListener {

    private final Guard guard;
    private List<Effect> effects = new ArrayList<>(2);
    private final EnumCounts<MessageType> sent = new EnumCounts<>(MessageType.class);

    /** Creates an empty outbox that charges everything it sends to the limits of {@code guard}. */
    public Outbox(Guard guard) {
        this.guard = guard;
    }

    public void send(Endpoint to, TransactionId transactionId, Message message) {
        sendPadded(to, transactionId, message, 0);
    }

    /**
     * Sends a request that is padded, or not if the padding would exceed the amplification limit of its receiver.
     *
     * @param paddedLength of the datagram, in bytes; 0 for no padding
     * @return true if it was padded
     */
    boolean send(NodeTime now, Endpoint to, TransactionId transactionId, Message message, int paddedLength) {
        int length = guard.mayPad(now, to, paddedLength) ? paddedLength : 0;
        sendPadded(to, transactionId, message, length);
        return length > 0;
    }

    private void sendPadded(Endpoint to, TransactionId transactionId, Message message, int length) {
        effects.add(new Effect.Send(to, transactionId, message, length));
        guard.onSent(to, message, length);
        sent.count(message.type());
    }

    /** Sends the answer to a request; returns false and sends nothing if it exceeds the amplification limit. */
    public boolean answer(RequestVerdict verdict, TransactionId transactionId, Message answer) {
        return sendWithin(verdict, verdict.from(), transactionId, answer);
    }

    /**
     * Sends the echo to a NAT probe, which goes to another port than the probe came from; returns false and sends
     * nothing if it exceeds the amplification limit of the probe's source.
     */
    public boolean echo(RequestVerdict verdict, Endpoint to, TransactionId transactionId, Message echo) {
        return sendWithin(verdict, to, transactionId, echo);
    }

    private boolean sendWithin(RequestVerdict verdict, Endpoint to, TransactionId transactionId, Message message) {
        if (!verdict.tryCharge(message)) {
            return false;
        }
        effects.add(new Effect.Send(to, transactionId, message, 0));
        sent.count(message.type());
        return true;
    }

    public void complete(long operation, Outcome outcome) {
        effects.add(new Effect.Complete(operation, outcome));
    }

    public void renewalDue(long publication) {
        effects.add(new Effect.RenewalDue(publication));
    }

    public void observed(NodeId reporter, Endpoint endpoint) {
        effects.add(new Effect.Observed(reporter, endpoint));
    }

    public void heard(long listener, VerifiedRecord record) {
        effects.add(new Effect.Heard(listener, record));
    }

    public void traced(long operation, LookupStep step) {
        effects.add(new Effect.Traced(operation, step));
    }

    public void happened(NodeEvent event) {
        effects.add(new Effect.Happened(event));
    }

    @Override
    public void onKept(long number, StoredRecord record) {
        effects.add(new Effect.Persist(number, record));
    }

    @Override
    public void onRemoved(long number) {
        effects.add(new Effect.Forget(number));
    }

    public void restoreKey(NodeId key) {
        effects.add(new Effect.RestoreKey(key));
    }

    public void saveDue() {
        effects.add(new Effect.SaveDue());
    }

    public void seedsWanted() {
        effects.add(new Effect.SeedsWanted());
    }

    /** Returns what was collected and removes it. */
    public List<Effect> drain() {
        List<Effect> drained = effects;
        effects = new ArrayList<>(2);
        return drained;
    }

    /** Returns the number of messages sent since the start, repetitions included, by type. */
    public Map<MessageType, Long> sent() {
        return sent.snapshot();
    }
}
