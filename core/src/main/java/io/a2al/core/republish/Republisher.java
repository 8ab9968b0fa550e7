package io.a2al.core.republish;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps alive what other nodes published, while they are offline (known-defects D-34), by plain STOREs of unchanged
 * records:
 *
 * <ul>
 *   <li><b>Republishing.</b> A record that no node has stored here for the interval is stored at the nodes nearest to
 *       its key, if this node is one of them. To those nodes the record thereby counts as stored just now, so that
 *       mostly one of eight holders republishes for all, and a publisher that renews in time leaves nothing to do. If
 *       the key looks surrounded by an attacker, all known nodes of its vicinity get the record, and nearer nodes are
 *       not relied upon.
 *   <li><b>Offers to newcomers.</b> A node that joined lately gets the records that it is among the nearest to, from
 *       the two nearest holders. A holder only knows its own view of who is nearest; two, because one may be wrong. A
 *       record that was stored here after the node joined is not offered: its sender looked up the nearest nodes
 *       itself.
 * </ul>
 *
 * Nodes that hide a record which another node than its address stores there are no holders of it, and do not get it.
 * Only what the store still holds and the policy allows goes out, with its own expiry. Records that this node publishes
 * itself are left to {@code core.publish}. STOREs are paced, a fixed number is under way, and a fixed number of keys is
 * looked at in a second. Stepped by its owner: {@link #next} says what to do, the ends of STOREs are reported back, and
 * {@code next} is asked again. Times in nanoseconds, where not said otherwise. Not thread-safe.
 */
public final class Republisher {

    private static final long SECOND = 1_000_000_000L;

    /** Nearest holders that offer a record to a newcomer; see the class comment for why two. */
    private static final int OFFERING_HOLDERS = 2;

    /** What the republisher sees of its node. */
    public interface Surroundings {

        /**
         * Returns the known nodes nearest to a key that answered their last request, nearest first, without this node.
         * As for replicas, there is one of each network, as long as there are other networks.
         */
        List<Contact> nearest(NodeId key, int count);

        /**
         * Returns the known nodes that are to hold the records of a key that looks surrounded by an attacker, without
         * this node; none if the key does not look so, or this node is none of them.
         */
        default List<Contact> vicinity(NodeId key) {
            return List.of();
        }

        /** Returns true if the node answered a request at this time or later. */
        boolean hasAnsweredSince(NodeId node, long since);

        /** Returns true if the node stops returning this record some time after this one stored it there. */
        boolean hides(VerifiedRecord record, NodeId node, long now);

        /** Returns the valid records at a key that other nodes published. */
        List<VerifiedRecord> held(NodeId key, long unixSeconds);

        /** Returns all keys with records. */
        List<NodeId> keys();
    }

    private final int replicas;
    private final RepublishSettings settings;
    private final NodeId self;
    private final Surroundings surroundings;
    private final RepublishSchedule schedule;
    private final Newcomers newcomers;
    private final Deque<StoreTask> tasks = new ArrayDeque<>();
    private final Map<RepublishStep.Store, StoreTask> underWay = new HashMap<>();
    private long mayStoreAt;
    private long secondEndsAt;
    private int keysLeftInSecond;
    private long republished;
    private long offered;
    private long accepted;
    private long denied;
    private long unanswered;
    private long passedOver;

    /**
     * Nothing to republish yet.
     *
     * @param replicas nodes that shall hold a record, this one included
     * @param random spreads what would otherwise happen at all nodes at once
     */
    public Republisher(
            RepublishSettings settings,
            int replicas,
            NodeId self,
            Surroundings surroundings,
            RandomGenerator random,
            NodeTime now) {
        this.replicas = replicas;
        this.settings = settings;
        this.self = self;
        this.surroundings = surroundings;
        this.schedule = new RepublishSchedule(settings, random);
        this.newcomers = new Newcomers(settings, random);
        this.mayStoreAt = now.nanos();
        this.secondEndsAt = now.nanos();
    }

    // ---- events -----------------------------------------------------------------------------------------------

    /** A node stored this record here, perhaps again. */
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record) {
        if (!schedule.note(now.nanos(), key, RecordSlot.of(record.record()))) {
            passedOver++;
        }
    }

    /** The store has dropped the last record at this key. */
    public void onDropped(NodeId key) {
        schedule.forget(key);
    }

    /** A node that was not known before has proven its address. */
    public void onNewContact(NodeTime now, Contact contact) {
        if (!newcomers.add(now.nanos(), contact)) {
            passedOver++;
        }
    }

    // ---- what to do next --------------------------------------------------------------------------------------

    /** Returns what to do next. */
    public RepublishStep next(NodeTime now) {
        if (underWay.size() >= settings.limits().maxRequests()) {
            return new RepublishStep.Wait(NodeTime.NEVER);
        }
        if (now.nanos() - mayStoreAt < 0) {
            return new RepublishStep.Wait(mayStoreAt);
        }
        Optional<RepublishStep.Store> store = nextStore(now);
        while (store.isEmpty() && mayLook(now.nanos()) && lookForWork(now)) {
            store = nextStore(now);
        }
        if (store.isPresent()) {
            mayStoreAt = now.nanos() + settings.timing().pace().toNanos();
            return store.get();
        }
        long work = NodeTime.earlier(schedule.nextDeadline(), newcomers.nextDeadline(now.nanos()));
        return new RepublishStep.Wait(work == NodeTime.NEVER || work - now.nanos() > 0 ? work : secondEndsAt);
    }

    private Optional<RepublishStep.Store> nextStore(NodeTime now) {
        while (!tasks.isEmpty()) {
            StoreTask task = tasks.getFirst();
            Optional<RepublishStep.Store> store =
                    task.record().isValidAt(now.unixSeconds()) ? task.next() : Optional.empty();
            if (store.isEmpty() || underWay.putIfAbsent(store.get(), task) != null) {
                tasks.remove();
            } else {
                return store;
            }
        }
        return Optional.empty();
    }

    /** Returns true if another key may be looked at. */
    private boolean mayLook(long now) {
        if (now - secondEndsAt >= 0) {
            secondEndsAt = now + SECOND;
            keysLeftInSecond = settings.limits().keysPerSecond();
        }
        return keysLeftInSecond > 0;
    }

    /** Looks at one key. Returns false if there is none to look at. */
    private boolean lookForWork(NodeTime now) {
        Optional<RepublishSchedule.Entry> due = schedule.pollDue(now.nanos());
        due.ifPresent(entry -> republish(now, entry));
        Optional<NodeId> key = due.isPresent() ? Optional.empty() : newcomers.nextKey(now.nanos(), surroundings::keys);
        key.ifPresent(at -> offerToNewcomers(now, at));
        boolean looked = due.isPresent() || key.isPresent();
        keysLeftInSecond -= looked ? 1 : 0;
        return looked;
    }

    /** Leaves the key to nearer nodes, if there are enough of them. */
    private void republish(NodeTime now, RepublishSchedule.Entry entry) {
        NodeId key = entry.key();
        List<VerifiedRecord> due = schedule.takeDue(now.nanos(), entry, surroundings.held(key, now.unixSeconds()));
        if (due.isEmpty()) {
            return;
        }
        List<Contact> vicinity = surroundings.vicinity(key);
        List<Contact> others = vicinity.isEmpty() ? surroundings.nearest(key, RoutingTable.K) : vicinity;
        for (VerifiedRecord record : due) {
            List<Contact> keeping = keeping(record, others, now.nanos());
            long nearer = keeping.stream()
                    .filter(other -> comesBeforeUs(key, other, now.nanos()))
                    .count();
            if ((nearer < replicas || !vicinity.isEmpty()) && !keeping.isEmpty()) {
                int wanted = vicinity.isEmpty() ? replicas - 1 : keeping.size();
                tasks.add(StoreTask.republish(key, record, keeping, wanted));
                republished++;
            }
        }
    }

    /** Returns those of the nodes that keep a record which this node stores there. */
    private List<Contact> keeping(VerifiedRecord record, List<Contact> nodes, long now) {
        return nodes.stream()
                .filter(node -> !surroundings.hides(record, node.nodeId(), now))
                .toList();
    }

    /** Returns true if the other node is nearer to the key than this one and answered lately. */
    private boolean comesBeforeUs(NodeId key, Contact other, long now) {
        return key.isNearer(other.nodeId(), self)
                && surroundings.hasAnsweredSince(
                        other.nodeId(), now - settings.timing().interval().toNanos() / 2);
    }

    /** Does nothing unless this node is one of the nearest holders; newcomers do not count as holders. */
    private void offerToNewcomers(NodeTime now, NodeId key) {
        List<Contact> others = surroundings.nearest(key, RoutingTable.K);
        if (others.stream().noneMatch(newcomers::isIntroduced)) {
            return;
        }
        for (VerifiedRecord record : surroundings.held(key, now.unixSeconds())) {
            List<Contact> holders = keeping(record, others, now.nanos()).stream()
                    .limit(replicas - 1L)
                    .toList();
            long nearer = holders.stream()
                    .filter(other -> !newcomers.isIntroduced(other) && comesBeforeUs(key, other, now.nanos()))
                    .count();
            if (nearer < OFFERING_HOLDERS) {
                offer(
                        key,
                        record,
                        holders.stream().filter(newcomers::isIntroduced).toList());
            }
        }
    }

    private void offer(NodeId key, VerifiedRecord record, List<Contact> receivers) {
        schedule.storedAt(key, RecordSlot.of(record.record())).ifPresent(storedAt -> {
            List<Contact> without = receivers.stream()
                    .filter(receiver -> newcomers.joinedAfter(storedAt, receiver))
                    .toList();
            if (!without.isEmpty()) {
                tasks.add(StoreTask.offer(key, record, without));
                offered += without.size();
            }
        });
    }

    // ---- results ----------------------------------------------------------------------------------------------

    /** A node answered a STORE. */
    public void onAnswer(RepublishStep.Store store, boolean stored) {
        accepted += stored ? 1 : 0;
        denied += stored ? 0 : 1;
        StoreTask task = underWay.remove(store);
        if (task != null) {
            task.onAnswer();
        }
    }

    /** A node did not answer a STORE, or it could not be sent. */
    public void onNoAnswer(NodeTime now, RepublishStep.Store store) {
        unanswered++;
        StoreTask task = underWay.remove(store);
        if (task == null) {
            return;
        }
        task.onNoAnswer();
        if (task.isToBeRetried()) {
            schedule.setDue(
                    now.nanos() + settings.timing().retry().toNanos(),
                    task.key(),
                    RecordSlot.of(task.record().record()));
        } else if (!tasks.contains(task)) {
            tasks.add(task);
        }
    }

    /** Returns numbers about republishing. */
    public RepublishStatistics statistics() {
        return new RepublishStatistics(
                schedule.occupancy(),
                newcomers.occupancy(),
                new Occupancy(underWay.size(), settings.limits().maxRequests()),
                republished,
                offered,
                accepted,
                denied,
                unanswered,
                passedOver);
    }
}
