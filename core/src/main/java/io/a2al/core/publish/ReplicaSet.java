package io.a2al.core.publish;

import io.a2al.core.api.PublicationState;
import io.a2al.core.time.DeadlineQueue;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one slot (known-defects D-07): which nodes confirmed which record, which are being asked, which
 * refused. When the record is replaced while nodes are being asked, their answers count for the old one, and they are
 * asked again. Bounded: twice as many replicas as wanted, the bad ones included, and as many former ones as replicas
 * are wanted. Times in nanoseconds. Not thread-safe.
 */
final class ReplicaSet extends DeadlineQueue.Entry {

    /** Number of nodes that are read back at the beginning; a newer record is at most of the nodes near the key. */
    private static final int READ_BACKS = 3;

    private final PublishSettings settings;
    private final Selection selection;
    private final Placement placement;
    private final NodeId key;
    private final RecordSlot slot;
    private final List<Replica> replicas = new ArrayList<>(1);
    private final StoreAttempts attempts = new StoreAttempts();
    private final FormerReplicas former = new FormerReplicas();

    private List<Publication> owners = List.of();
    private VerifiedRecord record;
    private Optional<String> problem = Optional.empty();

    /** A record of this slot that a node holds and that is newer than ours. */
    private Optional<VerifiedRecord> newer = Optional.empty();

    private long renewalAt = NodeTime.NEVER;
    private long expiryAt = NodeTime.NEVER;
    private long interval;
    private byte readBacksLeft;
    private boolean asked;
    private boolean expired;

    ReplicaSet(PublishSettings settings, Selection selection, Placement placement, VerifiedRecord record) {
        this.settings = settings;
        this.selection = selection;
        this.placement = placement;
        this.key = placement.key();
        this.slot = RecordSlot.of(record.record());
        this.record = record;
        // Each note has a slot of its own.
        this.readBacksLeft = (byte) (record.category() == RecordCategory.MAILBOX ? 0 : READ_BACKS);
    }

    /** Returns which nodes are being asked, and which refused. */
    StoreAttempts attempts() {
        return attempts;
    }

    /** Returns the key of the slot, and the nodes there. */
    Placement placement() {
        return placement;
    }

    RecordSlot slot() {
        return slot;
    }

    VerifiedRecord record() {
        return record;
    }

    /** Returns the publications that the slot belongs to; the one that brought the present record is the last. */
    List<Publication> owners() {
        return owners;
    }

    /** Notes the publication that brings the next record. */
    void addOwner(Publication owner) {
        removeOwner(owner);
        owners = SmallLists.with(owners, owner);
    }

    void removeOwner(Publication owner) {
        owners = SmallLists.without(owners, owner::equals);
    }

    // ---- times ------------------------------------------------------------------------------------------------

    /** Returns when a newer record is due; {@link NodeTime#NEVER} if none can come. */
    long renewalAt() {
        return renewalAt;
    }

    void setRenewalAt(long at) {
        renewalAt = at;
    }

    /** Returns when the record expires; {@link NodeTime#NEVER} once it has. */
    long expiryAt() {
        return expiryAt;
    }

    void setExpiryAt(long at) {
        expiryAt = at;
    }

    /** Returns the time between two renewals; 0 before the first record. */
    long interval() {
        return interval;
    }

    void setInterval(long length) {
        interval = length;
    }

    /** Returns true if the application was asked for a newer record, and brings it in its turn. */
    boolean isAsked() {
        return asked;
    }

    void setAsked(boolean was) {
        asked = was;
    }

    // ---- the record -------------------------------------------------------------------------------------------

    /** Replaces the record by a newer one, which no node holds yet. */
    void replaceRecord(VerifiedRecord next) {
        record = next;
        expired = false;
        problem = Optional.empty();
        newer = newer.filter(held -> RecordOrder.isNewer(held, next));
        attempts.onNewRecord();
    }

    /** Returns true if there is a publication that can bring a newer record. */
    boolean isRenewable() {
        return owners.stream().anyMatch(Publication::isRenewable);
    }

    /** Returns true if the record speaks for this address. */
    boolean isBy(Address address) {
        return record.record().address().equals(address);
    }

    /** Notes that the record has expired; there is nothing to do until a newer one comes. */
    void expire() {
        expired = true;
    }

    boolean isExpired() {
        return expired;
    }

    /** Reports if a node holds a newer record in this slot: another node may be renewing it. */
    void compare(VerifiedRecord held, Contact node) {
        if (RecordOrder.isNewer(held, record)) {
            newer = Optional.of(held);
            report(node, "holds a newer record, which was not published here");
        }
    }

    /**
     * Returns true if a node that has just confirmed the record should be read back.
     *
     * @param once true if one node is enough
     */
    boolean takeReadBack(boolean once) {
        boolean wanted = readBacksLeft > (once ? READ_BACKS - 1 : 0);
        if (wanted) {
            readBacksLeft--;
        }
        return wanted;
    }

    /** Notes what went wrong at a node, for the publisher to see. */
    void report(Contact node, String what) {
        problem = Optional.of(node.address() + " at " + node.endpoint() + " " + what);
    }

    // ---- nodes to ask -----------------------------------------------------------------------------------------

    /**
     * Returns the nearest node that should hold the record and does not yet, if there is one and not too many are being
     * asked. A node in a network that has a replica already comes only if there is no other. A node that hides the
     * record gets it if it is one of the nearest, as readers find it there for a while, but does not count.
     */
    Optional<Contact> nextTarget(long now) {
        if (expired || attempts.asking().size() >= settings.limits().requestsPerRecord()) {
            return Optional.empty();
        }
        TreeMap<NodeId, Contact> candidates = new TreeMap<>(key.byDistance());
        placement.nearest().forEach(contact -> candidates.put(contact.nodeId(), contact));
        replicas.forEach(
                replica -> candidates.put(replica.peer().id(), replica.peer().contact()));
        candidates.values().removeIf(candidate -> !isPossible(candidate, now) && !hides(candidate.nodeId(), now));
        int expected = 0;
        int nearer = 0;
        for (Contact candidate : selection.subnets().diverseFirst(candidates.values())) {
            if (expected >= most()) {
                return Optional.empty();
            }
            boolean hides = hides(candidate.nodeId(), now);
            boolean wanted = !hides || (nearer < most() && isPossible(candidate, now));
            boolean settled = attempts.isAsking(candidate.nodeId()) || isCurrent(find(candidate.nodeId()));
            if (wanted && !settled) {
                return Optional.of(candidate);
            }
            expected += hides ? 0 : 1;
            nearer++;
        }
        return Optional.empty();
    }

    /** Returns true if the node hides the record, as far as is known, and so is no lasting replica. */
    boolean hides(NodeId node, long now) {
        return selection.hiding().hides(record, node, now);
    }

    /**
     * Returns, once all replicas are in place, the nearest former replica that does not have the present record, and
     * forgets it. Without the newer record it would answer lookups with the old one until that expires.
     */
    Optional<Contact> nextFormer() {
        if (expired || !isSatisfied()) {
            return Optional.empty();
        }
        return former.takeWithout(record);
    }

    /** Returns true if the node holds the record, or may do so soon. */
    private boolean isPossible(Contact node, long now) {
        Replica replica = find(node.nodeId());
        if (attempts.isAsking(node.nodeId())) {
            return true;
        }
        boolean bad = replica != null && replica.peer().isBad();
        return !bad && (isCurrent(replica) || !attempts.isRefusing(node.nodeId(), now));
    }

    /** Returns true if the replica has the present record. */
    boolean isCurrent(@Nullable Replica replica) {
        return replica != null && replica.holds().equals(record);
    }

    /** Notes that the node did not take the record, and is not asked again for a while. */
    void onRefusal(Contact node, Refusals.Reason reason, long now) {
        attempts.onRefusal(node, reason, now + settings.refusalMemory().toNanos());
    }

    /**
     * Notes that the wall clock was set back, so that nodes may have refused the record because it came from the
     * future. They are asked again, with the next record if there will be one: the present one may still be in the
     * future.
     *
     * @return true if a newer record is needed
     */
    boolean onClockSetBack(long unixSeconds) {
        boolean wasRefused = attempts.onClockSetBack(isRenewable());
        return wasRefused || record.record().timestamp() > unixSeconds;
    }

    // ---- holders ----------------------------------------------------------------------------------------------

    /**
     * Notes that the node holds this record.
     *
     * @return the replica if the node was none before
     */
    Optional<Replica> confirm(ReplicaHolder peer, VerifiedRecord held, long now) {
        former.forget(peer.id());
        Replica known = find(peer.id());
        Replica replica = known == null ? new Replica(this, peer, held) : known;
        replica.confirm(held, now);
        if (known == null) {
            replicas.add(replica);
        }
        return known == null ? Optional.of(replica) : Optional.empty();
    }

    /** Notes that the node still has what it confirmed, if that was this record. */
    void confirmAgain(ReplicaHolder peer, VerifiedRecord held, long now) {
        Replica replica = find(peer.id());
        if (replica != null && replica.holds().equals(held)) {
            replica.confirm(held, now);
        }
    }

    /**
     * Notes that the node stops being a replica because there are nearer ones. Of too many such nodes the farthest is
     * forgotten.
     *
     * @param most number of nodes that are remembered
     */
    void noteSurplus(ReplicaHolder peer, int most) {
        former.add(peer.contact(), heldBy(peer), key, most);
    }

    /** Removes and returns a replica; empty if the node was none. */
    Optional<Replica> remove(ReplicaHolder peer) {
        Optional<Replica> removed = Optional.ofNullable(find(peer.id()));
        removed.ifPresent(replicas::remove);
        return removed;
    }

    private @Nullable Replica find(NodeId node) {
        for (Replica replica : replicas) {
            if (replica.peer().id().equals(node)) {
                return replica;
            }
        }
        return null;
    }

    /** Returns the record that the node confirmed last; the present record if it is no replica. */
    VerifiedRecord heldBy(ReplicaHolder peer) {
        Replica replica = find(peer.id());
        return replica == null ? record : replica.holds();
    }

    Optional<ReplicaHolder> peer(NodeId node) {
        return Optional.ofNullable(find(node)).map(Replica::peer);
    }

    /** Returns the replicas that the lookup should have found if they answered, and did not. */
    List<NodeId> absent() {
        return replicas.stream()
                .map(replica -> replica.peer().id())
                .filter(placement::shouldHaveFound)
                .toList();
    }

    List<ReplicaHolder> peers() {
        return replicas.stream().map(Replica::peer).toList();
    }

    /** Returns the number of nodes that hold the present record, as far as this node knows. */
    int confirmed() {
        int count = 0;
        for (Replica replica : replicas) {
            count += isCurrent(replica) && !replica.peer().isBad() ? 1 : 0;
        }
        return count;
    }

    /** Returns at how many nodes the record is stored if there are so many that answer. */
    private int most() {
        boolean isMore = record.category() == RecordCategory.TOPIC && placement.isInSmallNetwork();
        int usual = isMore ? settings.smallNetworks().topicReplicas() : settings.replicas();
        return Math.max(usual, placement.sizeAround());
    }

    /**
     * Returns how many nodes should hold the record. In a small network that has no more nodes, the present number of
     * replicas is enough from {@link PublishSettings#replicas} on.
     */
    int wanted() {
        return Math.max(settings.replicas(), Math.min(confirmed(), most()));
    }

    boolean isSatisfied() {
        return confirmed() >= settings.replicas();
    }

    /**
     * Returns the replicas that are not needed: those beyond the nearest that hold the present record, those that hide
     * it, and, if there are many, the bad ones that are farthest.
     */
    List<ReplicaHolder> surplus(long now) {
        TreeMap<NodeId, Contact> byDistance = new TreeMap<>(key.byDistance());
        replicas.forEach(
                replica -> byDistance.put(replica.peer().id(), replica.peer().contact()));
        List<ReplicaHolder> surplus = new ArrayList<>();
        int good = 0;
        int kept = 0;
        for (Contact contact : selection.subnets().diverseFirst(byDistance.values())) {
            Replica replica = Objects.requireNonNull(find(contact.nodeId()));
            boolean hides = hides(contact.nodeId(), now);
            boolean counts = isCurrent(replica) && !replica.peer().isBad() && !hides;
            boolean wanted = !hides && good < most() && kept < 2 * most();
            if (!wanted) {
                surplus.add(replica.peer());
            }
            good += counts ? 1 : 0;
            kept++;
        }
        return surplus;
    }

    /** Ends all operations that wait for the end of the round. */
    void settle(Deque<PublishStep> notices) {
        owners.forEach(owner -> owner.settle(notices));
    }

    PublishStep.Settled settled(long operation) {
        return new PublishStep.Settled(operation, confirmed(), wanted());
    }

    /** Returns the state of the slot for the application. */
    PublicationState state(NodeTime time) {
        return new StateReport(this, time).state();
    }

    // ---- what a report is made of -----------------------------------------------------------------------------

    List<Replica> replicas() {
        return replicas;
    }

    /** Returns what went wrong at a node last. */
    Optional<String> problem() {
        return problem;
    }

    /** Returns a record of this slot that a node holds and that is newer than ours. */
    Optional<VerifiedRecord> newer() {
        return newer;
    }
}
