package io.a2al.core.publish;

import io.a2al.core.api.Command;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PutResult;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.rpc.HidingChecks;
import io.a2al.core.rpc.HidingListener;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.rpc.StepLoop;
import io.a2al.core.rpc.StoreMessages;
import io.a2al.core.store.RecordIntake;
import io.a2al.core.store.Retention;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@link Publisher} over {@link Requests} and lookups. Puts what is published into this node's own store first,
 * does what the publisher says, and reports the results to it. Not thread-safe.
 */
public final class PublisherRunner implements ConnectivityListener, ContactListener, HidingListener {

    /** Wait in nanoseconds after an exception, so that a step that always fails does not use up the processor. */
    private static final long AFTER_EXCEPTION = Duration.ofSeconds(1).toNanos();

    private final int maxPublications;
    private final Address self;
    private final HidingChecks hiding;
    private final RecordIntake intake;
    private final LookupRunner lookups;
    private final Requests requests;
    private final Outbox outbox;
    private final Publisher publisher;
    private final List<ReplicaListener> listeners = new ArrayList<>();
    private final StepLoop loop = new StepLoop();
    private final Timers.Timer timer;

    /**
     * What a publisher keeps to beside its own settings.
     *
     * @param self the node's own address
     * @param subnets how many replicas may be in one network
     * @param retention how long nodes keep records
     * @param network what is known about the network
     * @param hiding which nodes hide records that this one sends
     */
    public record Rules(
            Address self, SubnetShare subnets, Retention retention, NetworkView network, HidingChecks hiding) {}

    /** No publications yet. */
    public PublisherRunner(
            PublishSettings settings,
            Rules rules,
            RecordIntake intake,
            LookupRunner lookups,
            Requests requests,
            Clockwork clockwork,
            Outbox outbox) {
        this.maxPublications = settings.limits().maxPublications();
        this.self = rules.self();
        this.hiding = rules.hiding();
        this.intake = intake;
        this.lookups = lookups;
        this.requests = requests;
        this.outbox = outbox;
        this.publisher = new Publisher(
                settings,
                new Selection(rules.subnets(), hiding::hides, rules.network()),
                rules.retention(),
                clockwork.random());
        this.timer = clockwork.timers().create(TimerName.PUBLISH, this::proceed);
    }

    /** Subscribes to lost replicas; listeners are called in the order in which they subscribed. */
    public void subscribe(ReplicaListener listener) {
        listeners.add(listener);
    }

    // ---- commands ---------------------------------------------------------------------------------------------

    /** Begins a publication, unless the record is refused. */
    public void publish(NodeTime now, long operation, Command.Publish command) {
        Optional<String> refusal = publisher.hasRoom()
                ? refusal(now, command.key(), command.record())
                : Optional.of("the limit of publications at a time, " + maxPublications + ", is reached");
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        publisher.publish(now, operation, command);
        proceed(now);
    }

    /** Continues a publication with a newer record. A refused record changes nothing. */
    public void renew(NodeTime now, long operation, Command.Renew command) {
        Optional<String> refusal = publisher
                .keyOf(command.publication())
                .map(key -> refusal(now, key, command.record()))
                .orElse(Optional.of("the publication is closed"));
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        publisher.renew(now, operation, command);
        proceed(now);
    }

    /** Ends a publication. */
    public void unpublish(NodeTime now, long operation, Command.Unpublish command) {
        int ended = publisher.unpublish(command.publication());
        proceed(now);
        outbox.complete(operation, new Outcome.Unpublished(ended));
    }

    /** Ends a publication whose first round is under way, which its caller does not wait for any longer. */
    public void cancel(NodeTime now, long publication) {
        if (publisher.unpublish(publication) > 0) {
            proceed(now);
        }
    }

    /** Ends all publications for an address. */
    public void unpublishAll(NodeTime now, long operation, Command.UnpublishAll command) {
        int ended = publisher.unpublishAll(command.address());
        proceed(now);
        outbox.complete(operation, new Outcome.Unpublished(ended));
    }

    /** Puts the record into this node's own store. Returns why it is refused, as other nodes would refuse it, too. */
    private Optional<String> refusal(NodeTime now, NodeId key, VerifiedRecord offer) {
        int limit = Message.Store.maxRecord(!offer.category().isKeyedByAddress());
        int length = offer.record().encodedLength();
        if (length > limit) {
            return Optional.of("the record has " + length + " bytes, the limit is " + limit);
        }
        PutResult result = intake.put(now, key, offer, Origin.LOCAL, Optional.empty());
        return switch (result) {
            case STORED -> Optional.empty();
            case STALE ->
                isOnlyHeld(now, key, offer)
                        ? Optional.empty()
                        : Optional.of(
                                "an equal or newer record of the same slot is already published; if no other machine"
                                        + " publishes for this address, publish with a newly delegated key");
            case EXPIRED -> Optional.of("the record has expired");
            case TOO_OLD -> Optional.of("the record is older than nodes keep records of its kind");
            case FUTURE -> Optional.of("the record's timestamp lies in the future");
            case KEY_MISMATCH -> Optional.of("the record does not belong at key " + key);
            case UNAUTHORIZED ->
                Optional.of(
                        "the signing key may not publish for " + offer.record().address());
            case OVER_QUOTA, CROWDED_OUT -> Optional.of("this node's own store is full");
        };
    }

    /**
     * Returns true if the store has just this record already, as a replica of another node's publication or from before
     * a restart.
     */
    private boolean isOnlyHeld(NodeTime now, NodeId key, VerifiedRecord offer) {
        return !publisher.isPublished(key, offer) && intake.isHeld(now, key, offer);
    }

    // ---- events -----------------------------------------------------------------------------------------------

    /** Notes a message of a node whose signature holds. */
    public void onMessageFrom(NodeTime now, NodeId node, Endpoint from, boolean isResponse) {
        publisher.onMessageFrom(now, node, from, isResponse);
    }

    /** Notes that a node answered at this endpoint. */
    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        publisher.onProven(contact);
        if (isNew) {
            publisher.onNewContact(contact);
            proceed(now);
        }
    }

    /** A node was found to hide records of other addresses than ours. */
    @Override
    public void onHiding(NodeTime now, NodeId node) {
        publisher.onHiding(now, node);
        proceed(now);
    }

    /** Requests succeed again after an outage of this node, or the machine woke up. */
    @Override
    public void onConnectivityRestored(NodeTime now) {
        publisher.onConnectivityRestored(now);
        proceed(now);
    }

    // ---- state ------------------------------------------------------------------------------------------------

    /**
     * Returns the newest valid record of this type that this node itself publishes at {@code key}; empty for topics and
     * mailboxes, where records of other nodes stand beside it.
     */
    public Optional<VerifiedRecord> ownRecord(NodeTime now, NodeId key, int type) {
        return publisher.renewableAt(key).stream()
                .filter(own -> own.category().isKeyedByAddress() && own.record().type() == type)
                .filter(own -> own.isValidAt(now.unixSeconds()))
                .max(RecordOrder.TOTAL);
    }

    /** Returns true if the record's slot is published by this node at {@code key}. */
    public boolean isPublished(NodeId key, VerifiedRecord record) {
        return publisher.isPublished(key, record);
    }

    /** Returns the replicas of a publication; empty for one that is over. */
    public Optional<PublicationState> state(NodeTime now, long publication) {
        return publisher.state(now, publication);
    }

    /** Returns the replicas of each record that is published at this key and speaks for this address. */
    public List<PublicationState> states(NodeTime now, NodeId key, Address address) {
        return publisher.states(now, key, address);
    }

    /** Returns how widely all records are held; takes time in proportion to their number. */
    public ReplicaTotals replicaTotals() {
        return publisher.replicaTotals();
    }

    /** Returns numbers about publishing. */
    public PublishStatistics statistics() {
        return publisher.statistics();
    }

    // ---- steps ------------------------------------------------------------------------------------------------

    private void proceed(NodeTime now) {
        loop.run(() -> step(now), () -> timer.setAtMost(now.nanos() + AFTER_EXCEPTION));
    }

    /** Does the next thing; returns false if there is nothing to do at present. */
    private boolean step(NodeTime now) {
        PublishStep next = publisher.next(now);
        switch (next) {
            case PublishStep.FindNearest search -> find(now, search);
            case PublishStep.Request request -> ask(now, request);
            case PublishStep.AskForRenewal(long publication) -> outbox.renewalDue(publication);
            case PublishStep.Settled(long operation, int replicas, int wanted) ->
                outbox.complete(operation, new Outcome.Stored(replicas, wanted));
            case PublishStep.ReplicaLost(NodeId key, VerifiedRecord record, Contact holder) ->
                listeners.forEach(listener -> listener.onReplicaLost(now, key, record, holder));
            case PublishStep.Wait(long until) -> timer.setAtMost(until);
        }
        return !(next instanceof PublishStep.Wait);
    }

    private void find(NodeTime now, PublishStep.FindNearest search) {
        boolean started = false;
        try {
            started = lookups.findNodes(now, search.key(), FindNodes.forRecord(), (later, lookup) -> {
                publisher.onNearest(later, search, lookup.nearest(), lookup.vicinity());
                proceed(later);
            });
        } finally {
            if (!started) {
                publisher.onNearest(now, search, List.of());
            }
        }
    }

    private void ask(NodeTime now, PublishStep.Request request) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                onAnswer(later, request, reply);
                proceed(later);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                if (failure == Failure.LOCAL) {
                    publisher.onUnsent(later, request);
                } else {
                    publisher.onTimeout(later, request);
                }
                proceed(later);
            }
        };
        boolean sent = false;
        try {
            sent = requests.ask(now, request.to(), message(request), handler);
        } finally {
            if (!sent) {
                publisher.onUnsent(now, request);
            }
        }
    }

    private Message message(PublishStep.Request request) {
        return switch (request) {
            case PublishStep.Store store -> StoreMessages.of(store.key(), store.record());
            case PublishStep.Read read ->
                new Message.FindValue(read.key(), read.record().record().type(), false);
            case PublishStep.Ping ping -> new Message.Ping(self);
        };
    }

    /** The type of the answer fits the request: {@link Requests} drops others. */
    private void onAnswer(NodeTime now, PublishStep.Request request, ReplyHandler.Reply reply) {
        switch (request) {
            case PublishStep.Store store -> {
                Message.StoreResponse answer = (Message.StoreResponse) reply.message();
                publisher.onStoreAnswer(now, store, answer);
                if (answer.stored()) {
                    hiding.onStored(now, store.to(), store.key(), store.record());
                }
            }
            case PublishStep.Read read -> {
                Message.FindValueResponse answer = (Message.FindValueResponse) reply.message();
                boolean cut = ResponseBudget.isProbablyCut(answer.records());
                publisher.onReadAnswer(now, read, reply.records(), cut);
            }
            case PublishStep.Ping ping -> publisher.onPong(now, ping);
        }
    }
}
