package io.a2al.core.rpc;

import io.a2al.core.api.Failure;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finds out which peers hide relayed records, see {@link HidingPeers}: some time after a peer stored one, it is asked
 * for the record. If it does not return it, the record is stored there again and asked for again: a peer that lost it,
 * for example in a restart, returns it now; one that hides it still has it and does not. One check for a peer in six
 * hours, whatever the number of records; a check that ends without an answer shows nothing, and the next STORE begins
 * another. Not thread-safe.
 */
public final class HidingChecks {

    /** Wait before the record is asked for: longer than the two minutes after which nodes of v0.2.9 hide it. */
    private static final long AFTER = Duration.ofSeconds(150).toNanos();

    /** Peers that wait for a check. More than the replicas of many publications; the others come with a later STORE. */
    private static final int MAX_WAITING = 1024;

    private record Check(Contact peer, NodeId key, VerifiedRecord record) {}

    private final HidingPeers findings;
    private final NodeId self;
    private final Requests requests;
    private final Map<NodeId, Check> waiting = new HashMap<>();
    private final KeyedDeadlines<NodeId> due = new KeyedDeadlines<>();
    private final List<HidingListener> listeners = new ArrayList<>();
    private final Timers.Timer timer;

    /**
     * No checks yet.
     *
     * @param findings where the results go
     * @param self the NodeID of this node
     */
    public HidingChecks(HidingPeers findings, NodeId self, Requests requests, Timers timers) {
        this.findings = findings;
        this.self = self;
        this.requests = requests;
        this.timer = timers.create(TimerName.HIDING_CHECK, this::fireDue);
    }

    /** Lets the listener hear of peers that hide records. */
    public void subscribe(HidingListener listener) {
        listeners.add(listener);
    }

    /** Returns true if the peer hides this record when this node sends it, as far as is known. */
    public boolean hides(VerifiedRecord record, NodeId peer, long now) {
        return HidingPeers.isRelayed(record, self) && findings.hides(peer, now);
    }

    /** Notes that a peer has confirmed a record that this node sent. */
    public void onStored(NodeTime now, Contact peer, NodeId key, VerifiedRecord record) {
        NodeId id = peer.nodeId();
        if (HidingPeers.isRelayed(record, self)
                && !findings.isKnown(id, now.nanos())
                && !waiting.containsKey(id)
                && waiting.size() < MAX_WAITING) {
            waiting.put(id, new Check(peer, key, record));
            due.set(id, now.nanos() + AFTER);
            timer.setAtMost(due.next());
        }
    }

    /** Returns the numbers of findings and of checks that wait. */
    public HidingStatistics statistics() {
        return new HidingStatistics(findings.occupancy(), new Occupancy(waiting.size(), MAX_WAITING));
    }

    private void fireDue(NodeTime now) {
        for (Optional<NodeId> id = due.pollDue(now.nanos()); id.isPresent(); id = due.pollDue(now.nanos())) {
            Check check = waiting.remove(id.get());
            if (check != null && check.record().isValidAt(now.unixSeconds())) {
                read(now, check, false);
            }
        }
        timer.setAtMost(due.next());
    }

    /**
     * Asks the peer for the record.
     *
     * @param again true if the record was just stored again
     */
    private void read(NodeTime now, Check check, boolean again) {
        int type = check.record().record().type();
        ask(now, check, new Message.FindValue(check.key(), type, false), (later, reply) -> {
            Message.FindValueResponse answer = (Message.FindValueResponse) reply.message();
            if (isReturned(check.record(), reply.records())) {
                findings.note(check.peer().nodeId(), false, later.nanos());
            } else if (ResponseBudget.isProbablyCut(answer.records())) {
                return;
            } else if (again) {
                findings.note(check.peer().nodeId(), true, later.nanos());
                listeners.forEach(
                        listener -> listener.onHiding(later, check.peer().nodeId()));
            } else {
                storeAgain(later, check);
            }
        });
    }

    /** Returns true if the record is among those returned, or a newer one of its slot. */
    private static boolean isReturned(VerifiedRecord record, List<VerifiedRecord> returned) {
        return returned.stream()
                .anyMatch(candidate -> RecordSlot.of(candidate.record()).equals(RecordSlot.of(record.record()))
                        && !RecordOrder.isNewer(record, candidate));
    }

    /** A "no" without a reason may mean that the peer has the record (known-defects D-53). */
    private void storeAgain(NodeTime now, Check check) {
        ask(now, check, StoreMessages.of(check.key(), check.record()), (later, reply) -> {
            if (((Message.StoreResponse) reply.message()).reason() == 0) {
                read(later, check, true);
            }
        });
    }

    private void ask(NodeTime now, Check check, Message message, BiConsumer<NodeTime, ReplyHandler.Reply> onReply) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                onReply.accept(later, reply);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                // Nothing was found out.
            }
        };
        boolean _ = requests.ask(now, check.peer(), message, handler);
    }
}
