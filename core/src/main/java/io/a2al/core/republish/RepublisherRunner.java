package io.a2al.core.republish;

import io.a2al.core.api.Failure;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.rpc.HidingChecks;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.rpc.StepLoop;
import io.a2al.core.rpc.StoreMessages;
import io.a2al.core.store.KeyListener;
import io.a2al.core.store.RecordListener;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Optional;

/** Runs {@link Republisher} over {@link Requests}. Not thread-safe. */
public final class RepublisherRunner implements RecordListener, KeyListener, ContactListener {

    /** Wait in nanoseconds after an exception, so that a step that always fails does not use up the processor. */
    private static final long AFTER_EXCEPTION = Duration.ofSeconds(1).toNanos();

    private final Requests requests;
    private final HidingChecks hiding;
    private final Republisher republisher;
    private final StepLoop loop = new StepLoop();
    private final Timers.Timer timer;

    /**
     * What a republisher keeps to beside its own settings.
     *
     * @param replicas how many nodes hold a record
     * @param selfId the NodeID of this node
     * @param hiding which nodes hide records that this one sends
     */
    public record Rules(int replicas, NodeId selfId, HidingChecks hiding) {}

    /** Nothing to republish yet. */
    public RepublisherRunner(
            RepublishSettings settings,
            Rules rules,
            Republisher.Surroundings surroundings,
            Requests requests,
            Clockwork clockwork,
            NodeTime now) {
        this.requests = requests;
        this.hiding = rules.hiding();
        this.republisher =
                new Republisher(settings, rules.replicas(), rules.selfId(), surroundings, clockwork.random(), now);
        this.timer = clockwork.timers().create(TimerName.REPUBLISH, this::proceed);
    }

    /** Notes that a record was stored here, perhaps again. */
    @Override
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {
        republisher.onStored(now, key, record);
        proceed(now);
    }

    /** A record was here before a restart; nothing is done at once. */
    public void onRestored(NodeTime now, NodeId key, VerifiedRecord record) {
        republisher.onStored(now, key, record);
        timer.setAtMost(now.nanos());
    }

    /** Notes that the store has dropped the last record at this key. */
    @Override
    public void onDropped(NodeId key) {
        republisher.onDropped(key);
    }

    /** A node that has just entered the routing table may be among the nearest to records held here. */
    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        if (isNew) {
            republisher.onNewContact(now, contact);
            proceed(now);
        }
    }

    private void proceed(NodeTime now) {
        loop.run(() -> step(now), () -> timer.setAtMost(now.nanos() + AFTER_EXCEPTION));
    }

    /** Does the next thing; returns false if there is nothing to do at present. */
    private boolean step(NodeTime now) {
        return switch (republisher.next(now)) {
            case RepublishStep.Store store -> {
                ask(now, store);
                yield true;
            }
            case RepublishStep.Wait(long until) -> {
                timer.setAtMost(until);
                yield false;
            }
        };
    }

    private void ask(NodeTime now, RepublishStep.Store store) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                boolean stored = ((Message.StoreResponse) reply.message()).stored();
                republisher.onAnswer(store, stored);
                if (stored) {
                    hiding.onStored(later, store.to(), store.key(), store.record());
                }
                proceed(later);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                republisher.onNoAnswer(later, store);
                proceed(later);
            }
        };
        boolean sent = false;
        try {
            sent = requests.ask(now, store.to(), StoreMessages.of(store.key(), store.record()), handler);
        } finally {
            if (!sent) {
                republisher.onNoAnswer(now, store);
            }
        }
    }

    /** Returns numbers about republishing. */
    public RepublishStatistics statistics() {
        return republisher.statistics();
    }
}
