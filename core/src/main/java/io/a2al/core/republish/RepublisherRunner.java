package io.a2al.core.republish;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Failure;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.rpc.StepLoop;
import io.a2al.core.rpc.StoreMessages;
import io.a2al.core.time.Alarm;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;

/** Runs {@link Republisher} over {@link Requests}. Not thread-safe. */
public final class RepublisherRunner {

    /** Wait in nanoseconds after an exception, so that a step that always fails does not use up the processor. */
    private static final long AFTER_EXCEPTION = Duration.ofSeconds(1).toNanos();

    private final Requests requests;
    private final Republisher republisher;
    private final StepLoop loop = new StepLoop();
    private final Alarm alarm;

    /** Nothing to republish yet. */
    public RepublisherRunner(
            NodeSettings settings,
            NodeId selfId,
            Republisher.Surroundings surroundings,
            Requests requests,
            Clockwork clockwork,
            NodeTime now) {
        this.requests = requests;
        this.republisher = new Republisher(
                settings.replication().custody(),
                settings.replication().replicas(),
                selfId,
                surroundings,
                clockwork.random(),
                now);
        this.alarm = new Alarm(clockwork.timers(), this::proceed);
    }

    /** A peer stored a record here, perhaps again. */
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record) {
        republisher.onStored(now, key, record);
        proceed(now);
    }

    /** A record was here before a restart; nothing is done at once. */
    public void onRestored(NodeTime now, NodeId key, VerifiedRecord record) {
        republisher.onStored(now, key, record);
        alarm.setAtMost(now.nanos());
    }

    /** The store has dropped the last record at this key. */
    public void onDropped(NodeId key) {
        republisher.onDropped(key);
    }

    /** A node has entered the routing table. */
    public void onNewContact(NodeTime now, Contact contact) {
        republisher.onNewContact(now, contact);
        proceed(now);
    }

    private void proceed(NodeTime now) {
        loop.run(() -> step(now), () -> alarm.setAtMost(now.nanos() + AFTER_EXCEPTION));
    }

    /** Does the next thing; returns false if there is nothing to do at present. */
    private boolean step(NodeTime now) {
        return switch (republisher.next(now)) {
            case RepublishStep.Store store -> {
                ask(now, store);
                yield true;
            }
            case RepublishStep.Wait(long until) -> {
                alarm.setAtMost(until);
                yield false;
            }
        };
    }

    private void ask(NodeTime now, RepublishStep.Store store) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                republisher.onAnswer(store, ((Message.StoreResponse) reply.message()).stored());
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
