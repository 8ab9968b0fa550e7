package io.a2al.core.push;

import io.a2al.core.api.Command;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.CollectRecords;
import io.a2al.core.lookup.Lookup;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.store.RecordListener;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reports to applications the records at a key, those there are and those to come. A record comes in three ways: it is
 * stored with us; a node where we are subscribed pushes it; or a new lookup finds it, which is the only way in a
 * network of nodes of the older protocol version. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Nodes of the older protocol version</b> cannot push, and must not be disturbed:
 *       {@link SubscribingQuestions}.
 *   <li><b>Forged pushes:</b> only nodes where we are subscribed may push, and what they push must be valid and
 *       permitted at the key like any record that a lookup finds (D-47).
 *   <li><b>The same record in several ways</b> is reported once.
 * </ul>
 *
 * Not thread-safe.
 */
public final class ListenService implements ConnectivityListener, RecordListener {

    private final PushSettings settings;
    private final RecordPolicy policy;
    private final RecordStore store;
    private final LookupRunner lookups;
    private final SubscribingQuestions questions;
    private final RandomGenerator random;
    private final Timers timers;
    private final Outbox outbox;
    private final Map<Long, Listener> listeners = new LinkedHashMap<>();
    private final List<HeardListener> heardListeners = new ArrayList<>();

    private long accepted;
    private long refused;

    public ListenService(
            PushSettings settings,
            RecordPolicy policy,
            RecordStore store,
            LookupRunner lookups,
            SubscribingQuestions questions,
            Clockwork clockwork,
            Outbox outbox) {
        this.settings = settings;
        this.policy = policy;
        this.store = store;
        this.lookups = lookups;
        this.questions = questions;
        this.random = clockwork.random();
        this.timers = clockwork.timers();
        this.outbox = outbox;
    }

    /** Subscribes to what listeners are told; called in the order in which they subscribed. */
    public void subscribe(HeardListener listener) {
        heardListeners.add(listener);
    }

    /** Starts a listener, which begins with a lookup; refused at the limit of listeners. */
    public void listen(NodeTime now, long operation, Command.Listen command) {
        int limit = settings.listening().maxListeners();
        if (listeners.size() >= limit) {
            outbox.complete(
                    operation, new Outcome.Refused("the limit of listeners at a time, " + limit + ", is reached"));
            return;
        }
        Listener listener = new Listener(operation, new Listening(command.key(), command.type(), settings));
        listeners.put(operation, listener);
        outbox.complete(operation, new Outcome.Noted());
        listener.look(now);
    }

    /** Ends a listener; one that has ended already is ignored. */
    public void stop(long operation, Command.StopListening command) {
        Listener listener = listeners.remove(command.listener());
        if (listener != null) {
            listener.nextLook.cancel();
            listener.nextRenewal.cancel();
        }
        outbox.complete(operation, new Outcome.Noted());
    }

    /** Tells listeners at this key of a record that is new in our own store. */
    @Override
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {
        if (isNew) {
            listeners.values().stream()
                    .filter(listener -> listener.state.key().equals(key))
                    .forEach(listener -> listener.tell(record));
        }
    }

    /** Looks up again, because what was stored or pushed meanwhile did not reach us. */
    @Override
    public void onConnectivityRestored(NodeTime now) {
        long longest = settings.listening().polling().afterOutage().toNanos();
        listeners.values().forEach(listener -> listener.lookAfter(now, random.nextLong(longest)));
    }

    /** Returns whether a push is worth verifying. */
    public boolean expectsPushes() {
        return !listeners.isEmpty();
    }

    /** Takes a message, and handles it if it is a push. */
    public void onMessage(NodeTime now, Input.Received received) {
        if (received.envelope().message() instanceof Message.Push push) {
            onPush(now, received, push);
        }
    }

    /** Reports the pushed record to listeners that expect it; a push that no listener expects is not acknowledged. */
    private void onPush(NodeTime now, Input.Received received, Message.Push push) {
        Envelope envelope = received.envelope();
        boolean taken = false;
        for (VerifiedRecord record : received.records()) {
            for (Listener listener : listeners.values()) {
                if (listener.accepts(now, received, push.key(), record)) {
                    listener.state.pushedBy(envelope.senderId(), now.nanos());
                    listener.tell(record);
                    taken = true;
                }
            }
        }
        if (taken) {
            accepted++;
            outbox.send(received.from(), envelope.transactionId(), Message.PushAck.of(push.key(), push.record(), true));
        } else {
            refused++;
        }
    }

    private boolean isAcceptable(NodeTime now, NodeId key, VerifiedRecord record) {
        return record.isValidAt(now.unixSeconds()) && policy.allows(key, record, now.unixSeconds());
    }

    /** Returns how many nodes are not asked to push for a while, because they did not react to a subscription. */
    public Occupancy triedReplicas() {
        return questions.occupancy();
    }

    /** Returns how many listeners there are. */
    public Occupancy occupancy() {
        return new Occupancy(listeners.size(), settings.listening().maxListeners());
    }

    /** Returns how many pushes were accepted since the start. */
    public long accepted() {
        return accepted;
    }

    /** Returns how many pushes since the start no listener expected, or had a record that was not acceptable. */
    public long refused() {
        return refused;
    }

    private final class Listener {

        private final long id;
        private final Listening state;
        private final Timers.Timer nextLook;
        private final Timers.Timer nextRenewal;

        /** Whether a record was reported since the last lookup. */
        private boolean news;

        Listener(long id, Listening state) {
            this.id = id;
            this.state = state;
            this.nextLook = timers.create(TimerName.LISTEN, this::look);
            this.nextRenewal = timers.create(TimerName.SUBSCRIPTION, this::renew);
        }

        private boolean isOver() {
            return !listeners.containsKey(id);
        }

        void tell(VerifiedRecord record) {
            if (state.isNews(record)) {
                news = true;
                outbox.heard(id, record);
                heardListeners.forEach(heard -> heard.onHeard(state.key(), record));
            }
        }

        boolean accepts(NodeTime now, Input.Received received, NodeId key, VerifiedRecord record) {
            return state.key().equals(key)
                    && state.expectsPush(received.envelope().senderId(), received.from(), now.nanos())
                    && state.wants(record)
                    && isAcceptable(now, key, record);
        }

        // ---- looking ------------------------------------------------------------------------------------------

        void look(NodeTime now) {
            if (isOver()) {
                return;
            }
            List<VerifiedRecord> local = store.getAll(state.key(), state.type(), now.unixSeconds()).stream()
                    .filter(record -> isAcceptable(now, state.key(), record))
                    .toList();
            boolean started =
                    lookups.findRecords(now, state.key(), state.type(), new CollectRecords(local), this::onFound);
            if (!started) {
                lookAgain(now);
            }
        }

        private void onFound(NodeTime now, Lookup lookup) {
            if (isOver()) {
                return;
            }
            lookup.records().reversed().forEach(this::tell);
            subscribe(now, lookup.nearest());
            lookAgain(now);
        }

        private void lookAgain(NodeTime now) {
            lookAfter(now, state.nextPoll(news, random));
            news = false;
        }

        void lookAfter(NodeTime now, long delay) {
            nextLook.set(now.nanos() + delay);
        }

        // ---- subscribing --------------------------------------------------------------------------------------

        private void subscribe(NodeTime now, List<Contact> nearest) {
            int missing = state.replicasMissing();
            for (Contact node : nearest) {
                if (missing > 0 && !state.isSubscribedAt(node.nodeId()) && subscribeAt(now, node)) {
                    missing--;
                }
            }
            renewLater(now);
        }

        /** Asks a node with a subscription. Returns whether that was sent. */
        private boolean subscribeAt(NodeTime now, Contact node) {
            Message.FindValue question = new Message.FindValue(state.key(), state.type(), true);
            ReplyHandler handler = new ReplyHandler() {
                @Override
                public void onReply(NodeTime later, Reply reply) {
                    onAnswer(later, node, reply);
                }

                @Override
                public void onFailure(NodeTime later, Failure failure) {
                    state.lost(node.nodeId());
                }
            };
            return questions.ask(now, node, question, handler);
        }

        private void onAnswer(NodeTime now, Contact node, ReplyHandler.Reply reply) {
            if (isOver()) {
                return;
            }
            reply.records().stream()
                    .filter(record -> isAcceptable(now, state.key(), record))
                    .forEach(this::tell);
            boolean subscribed = questions.isUnderstoodBy(node.nodeId())
                    && reply.message() instanceof Message.FindValueResponse response
                    && !response.records().isEmpty();
            if (subscribed) {
                state.subscribedAt(node, now.nanos());
                renewLater(now);
            } else {
                state.lost(node.nodeId());
            }
        }

        private void renewLater(NodeTime now) {
            if (nextRenewal.isScheduled() || state.replicas() == 0) {
                return;
            }
            long pause = settings.lifetime()
                            .minus(settings.listening().subscribing().renewAfter())
                            .toNanos()
                    / 2;
            nextRenewal.set(now.nanos() + pause);
        }

        private void renew(NodeTime now) {
            state.due(now.nanos()).forEach(replica -> subscribeAt(now, replica));
            renewLater(now);
        }
    }
}
