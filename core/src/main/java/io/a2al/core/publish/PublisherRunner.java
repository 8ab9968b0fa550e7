package io.a2al.core.publish;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PutResult;
import io.a2al.core.bounds.DatagramLimits;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.store.RecordIntake;
import io.a2al.core.store.RecordStore;
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
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Runs {@link Publisher} over {@link Requests} and lookups: puts what is published into our own store first, does
 * what replication wants done, hands it what came of that. Not thread-safe.
 */
public final class PublisherRunner implements ConnectivityListener, ContactListener {

    private final int maxPublications;
    private final Address self;
    private final RecordStore store;
    private final RecordIntake intake;
    private final LookupRunner lookups;
    private final Requests requests;
    private final Outbox outbox;
    private final Publisher replication;
    private final Timers.Timer timer;
    private boolean proceeding;

    public PublisherRunner(
            NodeSettings settings,
            Address self,
            RecordStore store,
            RecordIntake intake,
            LookupRunner lookups,
            Requests requests,
            Timers timers,
            RandomGenerator random,
            Outbox outbox) {
        this.maxPublications = settings.publish().limits().maxPublications();
        this.self = self;
        this.store = store;
        this.intake = intake;
        this.lookups = lookups;
        this.requests = requests;
        this.outbox = outbox;
        this.replication = new Publisher(
                settings.publish(),
                settings.guard().replicaShare(),
                settings.store().retention(),
                random);
        this.timer = timers.create(TimerName.PUBLISH, this::proceed);
    }

    // ---- commands ---------------------------------------------------------------------------------------------

    public void publish(NodeTime now, long operation, Command.Publish command) {
        NodeId key = command.key();
        VerifiedRecord record = command.record();
        Optional<String> refusal = replication.hasRoom()
                ? refusal(now, key, record)
                : Optional.of("the limit of publications at a time, " + maxPublications + ", is reached");
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        replication.publish(now.nanos(), now.unixSeconds(), operation, key, record, command.renewable());
        proceed(now);
    }

    public void renew(NodeTime now, long operation, Command.Renew command) {
        Optional<String> refusal = replication
                .keyOf(command.publication())
                .map(key -> refusal(now, key, command.record()))
                .orElse(Optional.of("the publication is closed"));
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        replication.renew(now.nanos(), now.unixSeconds(), command.publication(), command.record(), operation);
        proceed(now);
    }

    public void unpublish(NodeTime now, long operation, Command.Unpublish command) {
        int ended = replication.unpublish(command.publication());
        proceed(now);
        outbox.complete(operation, new Outcome.Unpublished(ended));
    }

    /** Ends a publication whose first round is under way; nobody was given it. */
    public void cancel(NodeTime now, long publication) {
        if (replication.unpublish(publication) > 0) {
            proceed(now);
        }
    }

    public void unpublishAll(NodeTime now, long operation, Command.UnpublishAll command) {
        int ended = replication.unpublishAll(command.address());
        proceed(now);
        outbox.complete(operation, new Outcome.Unpublished(ended));
    }

    /** Puts the record into our own store first, as everybody else would have to accept it, too. */
    private Optional<String> refusal(NodeTime now, NodeId key, VerifiedRecord offer) {
        int limit = DatagramLimits.maxRecord(!offer.category().isKeyedByAddress());
        int length = offer.record().encodedLength();
        if (length > limit) {
            return Optional.of("the record has " + length + " bytes, the limit is " + limit);
        }
        PutResult result = intake.put(now, key, offer, Origin.LOCAL, Optional.empty());
        return switch (result) {
            case STORED -> Optional.empty();
            case STALE ->
                isHeldForOthers(now, key, offer)
                        ? Optional.empty()
                        : Optional.of("an equal or newer record of the same slot is already published");
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
     * True if we have just this record already, as a replica of somebody else's publication or from before a restart.
     */
    private boolean isHeldForOthers(NodeTime now, NodeId key, VerifiedRecord offer) {
        return !replication.isPublished(key, offer)
                && store.peekAll(key, offer.record().type(), now.unixSeconds()).contains(offer);
    }

    // ---- what happens around it -------------------------------------------------------------------------------

    /** Verified traffic came from a node. */
    public void onHeard(NodeTime now, NodeId node, Endpoint from, boolean isResponse) {
        replication.onHeard(now.nanos(), node, from, isResponse);
    }

    /** A node was proven to be at this endpoint. */
    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        replication.onProven(contact);
        if (isNew) {
            replication.onNewContact(contact);
            proceed(now);
        }
    }

    /** Requests succeed again after an outage of our own, or the machine woke up. */
    @Override
    public void onConnectivityRestored(NodeTime now) {
        replication.onConnectivityRestored(now.nanos(), now.unixSeconds());
        proceed(now);
    }

    // ---- what there is to tell --------------------------------------------------------------------------------

    /**
     * The newest valid record of our own that is being published at {@code key} with this type, if nobody else's can
     * stand beside it there: topics and mailboxes belong to many.
     */
    public Optional<VerifiedRecord> ownRecord(NodeTime now, NodeId key, int type) {
        return replication.renewableAt(key).stream()
                .filter(own -> own.category().isKeyedByAddress() && own.record().type() == type)
                .filter(own -> own.isValidAt(now.unixSeconds()))
                .max(RecordOrder.TOTAL);
    }

    /** True if the record's slot is being published here. */
    public boolean isPublished(NodeId key, VerifiedRecord record) {
        return replication.isPublished(key, record);
    }

    public Optional<PublicationState> state(NodeTime now, long publication) {
        return replication.state(now.nanos(), publication);
    }

    public List<PublicationState> states(NodeTime now, NodeId key, Address address) {
        return replication.states(now.nanos(), key, address);
    }

    public PublishStatistics statistics() {
        return replication.statistics();
    }

    // ---- doing it ---------------------------------------------------------------------------------------------

    /** Does what is to be done now; what is reported meanwhile is taken up by the same loop. */
    private void proceed(NodeTime now) {
        if (proceeding) {
            return;
        }
        proceeding = true;
        boolean more = true;
        while (more) {
            PublishStep next = replication.next(now.nanos());
            switch (next) {
                case PublishStep.FindNearest search -> find(now, search);
                case PublishStep.Request request -> ask(now, request);
                case PublishStep.AskForRenewal(long publication) -> outbox.renewalDue(publication);
                case PublishStep.Settled(long operation, int replicas, int wanted) ->
                    outbox.complete(operation, new Outcome.Stored(replicas, wanted));
                case PublishStep.Wait(long until) -> {
                    timer.setAtMost(until);
                    more = false;
                }
            }
        }
        proceeding = false;
    }

    private void find(NodeTime now, PublishStep.FindNearest search) {
        boolean started = lookups.findNodes(now, search.key(), new FindNodes(), (later, lookup) -> {
            replication.onNearest(later.nanos(), search, lookup.nearest());
            proceed(later);
        });
        if (!started) {
            replication.onNearest(now.nanos(), search, List.of());
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
                    replication.onUnsent(later.nanos(), request);
                } else {
                    replication.onSilence(later.nanos(), request);
                }
                proceed(later);
            }
        };
        if (!requests.ask(now, request.to(), message(request), handler)) {
            replication.onUnsent(now.nanos(), request);
        }
    }

    private Message message(PublishStep.Request request) {
        return switch (request) {
            case PublishStep.Store store -> message(store);
            case PublishStep.Read read ->
                new Message.FindValue(read.key(), read.record().record().type(), false);
            case PublishStep.Ping ping -> new Message.Ping(self);
        };
    }

    /** A STORE as every node understands it. */
    public static Message message(PublishStep.Store store) {
        boolean implied = store.record().category().isKeyedByAddress();
        return new Message.Store(store.record().record(), implied ? Optional.empty() : Optional.of(store.key()));
    }

    /** The kind of an answer fits the request; requests see to that. */
    private void onAnswer(NodeTime now, PublishStep.Request request, ReplyHandler.Reply reply) {
        switch (request) {
            case PublishStep.Store store ->
                replication.onStoreAnswer(now.nanos(), store, (Message.StoreResponse) reply.message());
            case PublishStep.Read read -> {
                Message.FindValueResponse answer = (Message.FindValueResponse) reply.message();
                boolean cut = ResponseBudget.isProbablyCut(answer.records());
                replication.onReadAnswer(now.nanos(), read, reply.records(), cut);
            }
            case PublishStep.Ping ping -> replication.onPong(now.nanos(), ping);
        }
    }
}
