package io.a2al.core.republish;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Failure;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.publish.PublishStep;
import io.a2al.core.publish.PublisherRunner;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.store.KeyListener;
import io.a2al.core.store.RecordListener;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Runs {@link Republisher} over {@link Requests}, and shows it the store and the routing table. Not thread-safe. */
public final class RepublisherRunner implements RecordListener, KeyListener, ContactListener {

    /** Among so many of the nearest contacts are those that count; of one network the table has fewer. */
    private static final int LOOKED_AT = 4 * RoutingTable.K;

    private final RecordStore store;
    private final SubnetShare subnets;
    private final RoutingTable table;
    private final PeerHealth health;
    private final PublisherRunner replication;
    private final Requests requests;
    private final Republisher custody;
    private final Timers.Timer timer;
    private boolean proceeding;

    public RepublisherRunner(
            NodeSettings settings,
            NodeId selfId,
            RecordStore store,
            RoutingTable table,
            PeerHealth health,
            PublisherRunner replication,
            Requests requests,
            Timers timers,
            RandomGenerator random,
            NodeTime now) {
        this.store = store;
        this.subnets = settings.guard().replicaShare();
        this.table = table;
        this.health = health;
        this.replication = replication;
        this.requests = requests;
        this.custody = new Republisher(
                settings.republish(), settings.publish().replicas(), selfId, new Neighbourhood(), random, now.nanos());
        this.timer = timers.create(TimerName.REPUBLISH, this::proceed);
    }

    /** What the node keeps, and whom it knows. */
    private final class Neighbourhood implements Republisher.Surroundings {

        /**
         * Who left a single request unanswered may have gone, and then nobody would hand over what it seems to be
         * nearest to.
         */
        @Override
        public List<Contact> nearest(NodeId key, int count, long now) {
            List<Contact> known = table.nearest(key, LOOKED_AT, contact -> health.failures(contact.nodeId()) == 0);
            return subnets.diverseFirst(known).stream().limit(count).toList();
        }

        @Override
        public boolean hasAnsweredSince(NodeId node, long since) {
            return table.isVerifiedSince(node, since);
        }

        @Override
        public List<VerifiedRecord> held(NodeId key, long unixSeconds) {
            return store.peekAll(key, RecordType.ANY, unixSeconds).stream()
                    .filter(record -> !replication.isPublished(key, record))
                    .toList();
        }

        @Override
        public List<NodeId> keys() {
            return store.keyList();
        }
    }

    /** A record was stored here, perhaps again. */
    @Override
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {
        custody.onStored(now.nanos(), key, record);
        proceed(now);
    }

    /** A record was here before a restart; nothing is done at once. */
    public void onRestored(NodeTime now, NodeId key, VerifiedRecord record) {
        custody.onStored(now.nanos(), key, record);
        timer.setAtMost(now.nanos());
    }

    /** There is no record at this key any longer. */
    @Override
    public void onDropped(NodeId key) {
        custody.onDropped(key);
    }

    /** A node that has just entered the routing table may be among the nearest to records held here. */
    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        if (isNew) {
            custody.onNewContact(now.nanos(), contact);
            proceed(now);
        }
    }

    private void proceed(NodeTime now) {
        if (proceeding) {
            return;
        }
        proceeding = true;
        boolean more = true;
        while (more) {
            switch (custody.next(now.nanos(), now.unixSeconds())) {
                case PublishStep.Store offer -> ask(now, offer);
                case PublishStep.Wait(long until) -> {
                    timer.setAtMost(until);
                    more = false;
                }
                case PublishStep other -> throw new IllegalStateException("custody does not do this: " + other);
            }
        }
        proceeding = false;
    }

    private void ask(NodeTime now, PublishStep.Store offer) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                custody.onAnswer(offer, ((Message.StoreResponse) reply.message()).stored());
                proceed(later);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                custody.onSilence(later.nanos(), offer);
                proceed(later);
            }
        };
        if (!requests.ask(now, offer.to(), PublisherRunner.message(offer), handler)) {
            custody.onSilence(now.nanos(), offer);
        }
    }

    public RepublishStatistics statistics() {
        return custody.statistics();
    }
}
