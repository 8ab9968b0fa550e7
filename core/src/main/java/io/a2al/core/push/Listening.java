package io.a2al.core.push;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The state of one listener: which records were reported to it, at which nodes it is subscribed, and how soon to look
 * up again. Only those nodes may push (known-defects D-47). Times in nanoseconds. Not thread-safe.
 */
public final class Listening {

    private record Replica(Contact contact, long subscribedAt) {}

    private final NodeId key;
    private final int type;
    private final long trust;
    private final PushSettings.Listening settings;

    /** The latest record reported of each slot. */
    private final BoundedMap<RecordSlot, VerifiedRecord> told;

    private final Map<NodeId, Replica> replicas = new LinkedHashMap<>();
    private long pollDelay;

    /** A listener to which nothing was reported and that is subscribed nowhere. */
    public Listening(NodeId key, int type, PushSettings settings) {
        this.key = key;
        this.type = type;
        // The lifetime runs from when the replica got our request, later than here, and a push is on its way for as
        // long.
        this.trust = settings.lifetime().toNanos() + settings.lifetime().toNanos() / 4;
        this.settings = settings.listening();
        this.told = new BoundedMap<>(settings.listening().maxRemembered());
        this.pollDelay = settings.listening().polling().first().toNanos();
    }

    /** Returns the key that is listened at. */
    public NodeId key() {
        return key;
    }

    /** Returns the record type that is listened for; 0 for any. */
    public int type() {
        return type;
    }

    // ---- records ----------------------------------------------------------------------------------------------

    /**
     * Takes a valid record of the key. Returns whether it is to be reported. A sealed note is reported once, however
     * often and by whichever node it is stored; of other records each newer version is.
     */
    public boolean isNews(VerifiedRecord record) {
        if (!wants(record)) {
            return false;
        }
        RecordSlot slot = RecordSlot.of(record.record());
        VerifiedRecord before = told.get(slot);
        boolean news = before == null
                || (record.category() != RecordCategory.MAILBOX && RecordOrder.TOTAL.compare(record, before) > 0);
        if (news) {
            told.put(slot, record);
        }
        return news;
    }

    /** Returns whether the record is of the type that is listened for. */
    public boolean wants(VerifiedRecord record) {
        return type == RecordType.ANY || record.record().type() == type;
    }

    // ---- subscriptions ----------------------------------------------------------------------------------------

    /** Notes that a node answered a request with a subscription with records: we are subscribed there. */
    public void subscribedAt(Contact replica, long now) {
        replicas.put(replica.nodeId(), new Replica(replica, now));
    }

    /** Notes that we are not subscribed at the node any more. */
    public void lost(NodeId replica) {
        replicas.remove(replica);
    }

    /** Returns whether the node at this address may push: we are subscribed there, or were until a moment ago. */
    public boolean expectsPush(NodeId from, Endpoint at, long now) {
        Replica replica = replicas.get(from);
        return replica != null && replica.contact().endpoint().hasSameIp(at) && now - replica.subscribedAt() < trust;
    }

    /** Notes a push; our acknowledgement renews the subscription that the push used up. */
    public void pushedBy(NodeId from, long now) {
        replicas.computeIfPresent(from, (id, replica) -> new Replica(replica.contact(), now));
    }

    /**
     * Returns the replicas whose subscription is to be renewed by now, and drops those whose subscription has expired.
     */
    public List<Contact> due(long now) {
        replicas.values().removeIf(replica -> now - replica.subscribedAt() >= trust);
        List<Contact> due = new ArrayList<>();
        for (Replica replica : replicas.values()) {
            if (now - replica.subscribedAt()
                    >= settings.subscribing().renewAfter().toNanos()) {
                due.add(replica.contact());
            }
        }
        return due;
    }

    /** Returns whether we are subscribed at this node. */
    public boolean isSubscribedAt(NodeId replica) {
        return replicas.containsKey(replica);
    }

    /** Returns how many more nodes are to be asked to push. */
    public int replicasMissing() {
        return Math.max(0, settings.subscribing().replicas() - replicas.size());
    }

    /** Returns how many nodes are expected to push. */
    public int replicas() {
        return replicas.size();
    }

    // ---- looking by itself ------------------------------------------------------------------------------------

    /**
     * Returns how long to wait until the next lookup, in nanoseconds: short after news, then twice as long each time;
     * the longest wait while enough nodes push anyway. Varied at random.
     */
    public long nextPoll(boolean broughtNews, RandomGenerator random) {
        long longest = settings.polling().longest().toNanos();
        if (broughtNews) {
            pollDelay = settings.polling().first().toNanos();
        }
        long delay = replicasMissing() == 0 ? longest : pollDelay;
        pollDelay = Math.min(2 * pollDelay, longest);
        return vary(delay, random);
    }

    private long vary(long delay, RandomGenerator random) {
        return delay + (long) (delay * settings.polling().jitter() * random.nextDouble(-1, 1));
    }
}
