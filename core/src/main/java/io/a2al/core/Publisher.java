package io.a2al.core;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.Lookup;
import io.a2al.core.rpc.Failure;
import io.a2al.core.store.PutResult;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps published records at the nearest nodes that answer (node.md section 12). A publication goes in rounds: find the
 * nodes, store at the nearest until enough of them confirmed, and if too few did, try again later. A newer record begins
 * a new round at once, so that none is lost (known-defects D-07); only a confirmed copy counts (D-09), and no more nodes
 * are asked than needed (D-36). Not thread-safe.
 */
final class Publisher {

    private final NodeSettings settings;
    private final RecordIntake intake;
    private final LookupRunner lookups;
    private final Requests requests;
    private final Timers timers;
    private final Outbox outbox;
    private final Map<Long, Publication> publications = new LinkedHashMap<>();

    Publisher(
            NodeSettings settings,
            RecordIntake intake,
            LookupRunner lookups,
            Requests requests,
            Timers timers,
            Outbox outbox) {
        this.settings = settings;
        this.intake = intake;
        this.lookups = lookups;
        this.requests = requests;
        this.timers = timers;
        this.outbox = outbox;
    }

    void publish(Moment now, long operation, Command.Publish command) {
        if (publications.size() >= settings.replication().maxPublications()) {
            outbox.complete(
                    operation,
                    new Outcome.Refused("the limit of publications at a time, "
                            + settings.replication().maxPublications() + ", is reached"));
            return;
        }
        Optional<String> refusal = refusal(now, command.key(), command.record());
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        Publication publication = new Publication(operation, command);
        publications.put(operation, publication);
        publication.begin(now, operation);
    }

    void renew(Moment now, long operation, Command.Renew command) {
        Publication publication = publications.get(command.publication());
        if (publication == null) {
            outbox.complete(operation, new Outcome.Refused("the publication is closed"));
            return;
        }
        Optional<String> refusal = refusal(now, publication.key, command.record());
        if (refusal.isPresent()) {
            outbox.complete(operation, new Outcome.Refused(refusal.get()));
            return;
        }
        publication.record = command.record();
        publication.begin(now, operation);
    }

    void unpublish(long operation, Command.Unpublish command) {
        Publication publication = publications.remove(command.publication());
        if (publication != null) {
            publication.abandonRound();
        }
        outbox.complete(operation, new Outcome.Unpublished());
    }

    /**
     * The newest valid record of our own that is being published at {@code key} with this type, if nobody else's can stand
     * beside it there: topics and mailboxes belong to many.
     */
    Optional<VerifiedRecord> ownRecord(Moment now, NodeId key, int type) {
        return publications.values().stream()
                .filter(publication -> publication.key.equals(key))
                .map(publication -> publication.record)
                .filter(own -> own.category().isKeyedByAddress() && own.record().type() == type)
                .filter(own -> own.isValidAt(now.unixSeconds()))
                .max(RecordOrder.TOTAL);
    }

    /** Numbers about publications. */
    NodeStatistics.Replication statistics() {
        return new NodeStatistics.Replication(
                new Occupancy(publications.size(), settings.replication().maxPublications()));
    }

    /** Puts the record into our own store first, as everybody else would have to accept it, too. */
    private Optional<String> refusal(Moment now, NodeId key, VerifiedRecord offer) {
        int limit = offer.category().isKeyedByAddress()
                ? Message.Store.MAX_RECORD_WITHOUT_KEY
                : Message.Store.MAX_RECORD_WITH_KEY;
        int length = offer.record().encodedLength();
        if (length > limit) {
            return Optional.of("the record has " + length + " octets, the limit is " + limit);
        }
        PutResult result = intake.put(now, key, offer, Optional.empty());
        return switch (result) {
            case STORED -> Optional.empty();
            case STALE -> Optional.of("an equal or newer record of the same slot is already published");
            case EXPIRED -> Optional.of("the record has expired");
            case TOO_OLD -> Optional.of("the record is older than nodes keep records of its kind");
            case FUTURE -> Optional.of("the record's timestamp lies in the future");
            case KEY_MISMATCH -> Optional.of("the record does not belong at key " + key);
            case UNAUTHORIZED ->
                Optional.of(
                        "the signing key may not publish for " + offer.record().address());
        };
    }

    private final class Publication {

        private final long id;
        private final NodeId key;
        private final boolean renewable;
        private VerifiedRecord record;
        private long repairDelay;

        /** Counts rounds; answers and timers of earlier ones are ignored. */
        private int round;

        private Optional<Long> operation = Optional.empty();
        private final Set<NodeId> replicas = new HashSet<>();
        private final Deque<Contact> candidates = new ArrayDeque<>();
        private int underWay;

        Publication(long id, Command.Publish command) {
            this.id = id;
            this.key = command.key();
            this.renewable = command.renewable();
            this.record = command.record();
        }

        /** A record that nobody holds yet. */
        void begin(Moment now, long forOperation) {
            abandonRound();
            operation = Optional.of(forOperation);
            replicas.clear();
            repairDelay = settings.replication().firstRepair().toNanos();
            long halfLife = Duration.ofSeconds(record.record().ttl()).toNanos() / 2;
            VerifiedRecord current = record;
            timers.schedule(now.nanos() + halfLife, later -> {
                if (renewable && publications.containsKey(id) && record.equals(current)) {
                    outbox.renewalDue(id);
                }
            });
            findNodes(now);
        }

        /** Ends the round; whoever waits for it learns how far it came. */
        void abandonRound() {
            round++;
            underWay = 0;
            candidates.clear();
            report();
        }

        private void findNodes(Moment now) {
            int thisRound = ++round;
            boolean started = lookups.findNodes(
                    now, key, new FindNodes(), settings.lookups().timeout(), (later, lookup) -> {
                        if (thisRound == round) {
                            storeAtNearest(later, lookup);
                        }
                    });
            if (!started) {
                finish(now);
            }
        }

        private void storeAtNearest(Moment now, Lookup found) {
            found.nearest().stream()
                    .filter(contact -> !replicas.contains(contact.nodeId()))
                    .forEach(candidates::add);
            storeMore(now);
        }

        private void storeMore(Moment now) {
            int wanted = settings.replication().replicas();
            while (replicas.size() + underWay < wanted
                    && underWay < settings.replication().concurrency()
                    && !candidates.isEmpty()) {
                storeAt(now, candidates.remove());
            }
            if (underWay == 0) {
                finish(now);
            }
        }

        private void storeAt(Moment now, Contact node) {
            Optional<NodeId> wireKey = record.category().isKeyedByAddress() ? Optional.empty() : Optional.of(key);
            int thisRound = round;
            ReplyHandler handler = new ReplyHandler() {
                @Override
                public void onReply(Moment later, Reply reply) {
                    boolean stored = reply.message() instanceof Message.StoreResponse response && response.stored();
                    settle(later, stored);
                }

                @Override
                public void onFailure(Moment later, Failure failure) {
                    settle(later, false);
                }

                private void settle(Moment later, boolean stored) {
                    if (thisRound == round) {
                        underWay--;
                        if (stored) {
                            replicas.add(node.nodeId());
                        }
                        storeMore(later);
                    }
                }
            };
            if (requests.ask(now, node, new Message.Store(record.record(), wireKey), handler)) {
                underWay++;
            }
        }

        private void finish(Moment now) {
            report();
            if (replicas.size() >= settings.replication().replicas()) {
                return;
            }
            int thisRound = round;
            timers.schedule(now.nanos() + repairDelay, later -> {
                if (thisRound == round && publications.containsKey(id) && record.isValidAt(later.unixSeconds())) {
                    findNodes(later);
                }
            });
            repairDelay =
                    Math.min(2 * repairDelay, settings.replication().maxRepair().toNanos());
        }

        private void report() {
            operation.ifPresent(waiting -> outbox.complete(
                    waiting,
                    new Outcome.Stored(replicas.size(), settings.replication().replicas())));
            operation = Optional.empty();
        }
    }
}
