package io.a2al.core.command;

import io.a2al.core.api.NodeEvent;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.SurroundedListener;
import io.a2al.core.publish.ReplicaListener;
import io.a2al.core.push.HeardListener;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.store.RecordListener;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * Reports to the application what happens in the node, while it wants to know. The same record may come in several
 * ways, and to several listeners; it is reported once, as long as it is among the last {@value #MAX_REMEMBERED}. Not
 * thread-safe.
 */
public final class EventReports
        implements ContactListener,
                RecordListener,
                HeardListener,
                ReplicaListener,
                SurroundedListener,
                ConnectivityListener {

    /** Records remembered, of either kind of event, and keys that look surrounded. */
    static final int MAX_REMEMBERED = 1024;

    /** How long in nanoseconds a key that looks surrounded is not told again; each lookup finds it so. */
    static final long SURROUNDED_AGAIN = Duration.ofHours(1).toNanos();

    private final RoutingTable table;
    private final Outbox outbox;
    private final BoundedMap<Place, VerifiedRecord> records = new BoundedMap<>(MAX_REMEMBERED);
    private final BoundedMap<Place, VerifiedRecord> mail = new BoundedMap<>(MAX_REMEMBERED);
    private final BoundedMap<NodeId, Long> surrounded = new BoundedMap<>(MAX_REMEMBERED);
    private boolean wanted;
    private boolean suspected;

    private record Place(NodeId key, RecordSlot slot) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byKey = key.compareTo(other.key);
            return byKey == 0 ? slot.compareTo(other.slot) : byKey;
        }
    }

    /** Reports that are not wanted yet. */
    public EventReports(RoutingTable table, Outbox outbox) {
        this.table = table;
        this.outbox = outbox;
    }

    /** Begins or ceases to report. */
    public void want(boolean events) {
        wanted = events;
        if (!events) {
            records.clear();
            mail.clear();
            surrounded.clear();
        }
    }

    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        if (wanted && isNew) {
            if (table.size() == 1) {
                outbox.happened(new NodeEvent.Joined(contact));
            }
            outbox.happened(new NodeEvent.ContactAdded(contact));
        }
    }

    @Override
    public void onLost(NodeTime now, Contact contact, Optional<Duration> knownFor) {
        if (wanted) {
            outbox.happened(new NodeEvent.ContactLost(contact, knownFor));
        }
    }

    /** What this node stores by itself is no news to its application. */
    @Override
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {
        if (isNew && from.isPresent()) {
            onRecord(key, record, from);
        }
    }

    @Override
    public void onHeard(NodeId key, VerifiedRecord record) {
        onRecord(key, record, Optional.empty());
        if (wanted && record.category() == RecordCategory.MAILBOX && isNews(mail, key, record)) {
            outbox.happened(new NodeEvent.MailReceived(key, record));
        }
    }

    private void onRecord(NodeId key, VerifiedRecord record, Optional<NodeId> from) {
        if (wanted && isNews(records, key, record)) {
            outbox.happened(new NodeEvent.RecordHeard(key, record, from));
        }
    }

    private static boolean isNews(BoundedMap<Place, VerifiedRecord> told, NodeId key, VerifiedRecord record) {
        Place place = new Place(key, RecordSlot.of(record.record()));
        VerifiedRecord before = told.get(place);
        boolean news = before == null
                || (record.category() != RecordCategory.MAILBOX && RecordOrder.TOTAL.compare(record, before) > 0);
        if (news) {
            told.put(place, record);
        }
        return news;
    }

    @Override
    public void onReplicaLost(NodeTime now, NodeId key, VerifiedRecord record, Contact holder) {
        if (wanted) {
            outbox.happened(new NodeEvent.ReplicaLost(key, record, holder));
        }
    }

    @Override
    public void onSurrounded(NodeTime now, NodeId key, int vicinity) {
        Long told = surrounded.get(key);
        if (wanted && (told == null || now.nanos() - told >= SURROUNDED_AGAIN)) {
            surrounded.put(key, now.nanos());
            outbox.happened(new NodeEvent.KeySurrounded(key, vicinity));
        }
    }

    /** A suspicion may be raised again while it lasts; it is one event. */
    @Override
    public void onOutageSuspected(NodeTime now) {
        if (wanted && !suspected) {
            outbox.happened(new NodeEvent.ConnectivitySuspected());
        }
        suspected = true;
    }

    @Override
    public void onConnectivityRestored(NodeTime now) {
        if (wanted && suspected) {
            outbox.happened(new NodeEvent.ConnectivityRestored());
        }
        suspected = false;
    }
}
