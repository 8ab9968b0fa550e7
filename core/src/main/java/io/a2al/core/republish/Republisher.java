package io.a2al.core.republish;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.publish.PublishStep;
import io.a2al.core.publish.Publisher;
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
 * Keeps alive what others published, for when they are away (known-defects D-34), by plain STOREs of unchanged records:
 *
 * <ul>
 *   <li><b>Storing again.</b> A record that nobody has stored here for the interval is stored at the nearest nodes, of
 *       which we must be one. Those have it stored with them thereby, so that mostly one of eight holders does this for
 *       all, and a publisher that renews in time leaves nothing to do.
 *   <li><b>Handing over.</b> A node that has come lately gets the records that it is among the nearest to, from the two
 *       holders that are the nearest as far as they know; one may be wrong about that. What was stored here after the
 *       node came was stored by somebody who looked for the nearest nodes himself.
 * </ul>
 *
 * Only what the store still holds and the policy allows goes out, with its own end; what we publish ourselves is
 * {@link Publisher}'s. STOREs are paced, a fixed number is under way, and a fixed number of keys is looked at in a
 * second. Stepped like {@link Publisher}. Times in nanoseconds, where not said otherwise. Not thread-safe.
 */
public final class Republisher {

    private static final long SECOND = 1_000_000_000L;

    /** The nearest nodes that hand over. */
    private static final int GIVERS = 2;

    /** What custody sees of its node. */
    public interface Surroundings {

        /**
         * The nodes nearest to a key that we know and that are not known to be gone, nearest first, ourselves not among
         * them. As for replicas, of one network there is one, as long as there are other networks.
         */
        List<Contact> nearest(NodeId key, int count, long now);

        /** True if the node answered us at this time or later. */
        boolean hasAnsweredSince(NodeId node, long since);

        /** The records at a key that are valid and that others published. */
        List<VerifiedRecord> held(NodeId key, long unixSeconds);

        /** All keys that there are records at. */
        List<NodeId> keys();
    }

    private final int replicas;
    private final RepublishSettings settings;
    private final NodeId self;
    private final Surroundings surroundings;
    private final RepublishSchedule charges;
    private final Newcomers newcomers;
    private final Deque<StoreTask> errands = new ArrayDeque<>();
    private final Map<PublishStep.Store, StoreTask> underWay = new HashMap<>();
    private long mayStoreAt;
    private long secondEndsAt;
    private int keysLeftInSecond;
    private long announcements;
    private long handOvers;
    private long accepted;
    private long denied;
    private long unanswered;
    private long passedOver;

    /**
     * Nothing to look after yet.
     *
     * @param random spreads what would otherwise happen everywhere at once
     */
    public Republisher(
            RepublishSettings settings,
            int replicas,
            NodeId self,
            Surroundings surroundings,
            RandomGenerator random,
            long now) {
        this.replicas = replicas;
        this.settings = settings;
        this.self = self;
        this.surroundings = surroundings;
        this.charges = new RepublishSchedule(settings, random);
        this.newcomers = new Newcomers(settings, random);
        this.mayStoreAt = now;
        this.secondEndsAt = now;
    }

    // ---- what happens around it -------------------------------------------------------------------------------

    /** Somebody stored this record here, which we may have had before. */
    public void onStored(long now, NodeId key, VerifiedRecord record) {
        if (!charges.note(now, key, RecordSlot.of(record.record()))) {
            passedOver++;
        }
    }

    /** There is no record at this key any longer. */
    public void onDropped(NodeId key) {
        charges.forget(key);
    }

    /** A node was proven to be there that was not known before. */
    public void onNewContact(long now, Contact contact) {
        if (!newcomers.add(now, contact)) {
            passedOver++;
        }
    }

    // ---- what to do next --------------------------------------------------------------------------------------

    /** What to do next: a {@link PublishStep.Store} or a {@link PublishStep.Wait}. */
    public PublishStep next(long now, long unixSeconds) {
        if (underWay.size() >= settings.limits().maxRequests()) {
            return new PublishStep.Wait(NodeTime.NEVER);
        }
        if (now - mayStoreAt < 0) {
            return new PublishStep.Wait(mayStoreAt);
        }
        Optional<PublishStep.Store> store = nextStore(unixSeconds);
        while (store.isEmpty() && mayLook(now) && lookForWork(now, unixSeconds)) {
            store = nextStore(unixSeconds);
        }
        if (store.isPresent()) {
            mayStoreAt = now + settings.timing().pace().toNanos();
            return store.get();
        }
        long work = NodeTime.earlier(charges.nextDeadline(), newcomers.nextDeadline(now));
        return new PublishStep.Wait(work == NodeTime.NEVER || work - now > 0 ? work : secondEndsAt);
    }

    private Optional<PublishStep.Store> nextStore(long unixSeconds) {
        while (!errands.isEmpty()) {
            StoreTask errand = errands.getFirst();
            Optional<PublishStep.Store> store =
                    errand.record().isValidAt(unixSeconds) ? errand.next() : Optional.empty();
            if (store.isEmpty() || underWay.putIfAbsent(store.get(), errand) != null) {
                errands.remove();
            } else {
                return store;
            }
        }
        return Optional.empty();
    }

    /** True if another key may be looked at. */
    private boolean mayLook(long now) {
        if (now - secondEndsAt >= 0) {
            secondEndsAt = now + SECOND;
            keysLeftInSecond = settings.limits().keysPerSecond();
        }
        return keysLeftInSecond > 0;
    }

    /** Looks at one key, if there is one to look at. */
    private boolean lookForWork(long now, long unixSeconds) {
        Optional<RepublishSchedule.Charge> due = charges.pollDue(now);
        due.ifPresent(charge -> storeAgain(now, unixSeconds, charge));
        Optional<NodeId> key = due.isPresent() ? Optional.empty() : newcomers.nextKey(now, surroundings::keys);
        key.ifPresent(at -> handOver(now, unixSeconds, at));
        boolean looked = due.isPresent() || key.isPresent();
        keysLeftInSecond -= looked ? 1 : 0;
        return looked;
    }

    /** Nodes that are not among the nearest leave it to those that are. */
    private void storeAgain(long now, long unixSeconds, RepublishSchedule.Charge charge) {
        NodeId key = charge.key();
        List<VerifiedRecord> due = charges.takeDue(now, charge, surroundings.held(key, unixSeconds));
        if (due.isEmpty()) {
            return;
        }
        List<Contact> others = surroundings.nearest(key, RoutingTable.K, now);
        long nearer =
                others.stream().filter(other -> isRatherFor(key, other, now)).count();
        if (nearer < replicas && !others.isEmpty()) {
            due.forEach(record -> errands.add(StoreTask.storeAgain(key, record, others, replicas - 1)));
            announcements += due.size();
        }
    }

    /** A node that is nearer to the key than we are, and was there lately, comes before us. */
    private boolean isRatherFor(NodeId key, Contact other, long now) {
        return key.isNearer(other.nodeId(), self)
                && surroundings.hasAnsweredSince(
                        other.nodeId(), now - settings.timing().interval().toNanos() / 2);
    }

    /** Only the nearest holders do it; those that are new themselves do not count. */
    private void handOver(long now, long unixSeconds, NodeId key) {
        List<Contact> others = surroundings.nearest(key, replicas - 1, now);
        List<Contact> receivers =
                others.stream().filter(newcomers::isIntroduced).toList();
        if (receivers.isEmpty()) {
            return;
        }
        long nearer = others.stream()
                .filter(other -> !newcomers.isIntroduced(other) && isRatherFor(key, other, now))
                .count();
        if (nearer < GIVERS) {
            surroundings.held(key, unixSeconds).forEach(record -> handOver(key, record, receivers));
        }
    }

    private void handOver(NodeId key, VerifiedRecord record, List<Contact> receivers) {
        charges.storedAt(key, RecordSlot.of(record.record())).ifPresent(storedAt -> {
            List<Contact> without = receivers.stream()
                    .filter(receiver -> newcomers.cameAfter(storedAt, receiver))
                    .toList();
            if (!without.isEmpty()) {
                errands.add(StoreTask.handOver(key, record, without));
                handOvers += without.size();
            }
        });
    }

    // ---- what came of it --------------------------------------------------------------------------------------

    /** A node answered. */
    public void onAnswer(PublishStep.Store store, boolean stored) {
        accepted += stored ? 1 : 0;
        denied += stored ? 0 : 1;
        StoreTask errand = underWay.remove(store);
        if (errand != null) {
            errand.onAnswer();
        }
    }

    /** A node did not answer, or was not asked after all. */
    public void onSilence(long now, PublishStep.Store store) {
        unanswered++;
        StoreTask errand = underWay.remove(store);
        if (errand == null) {
            return;
        }
        errand.onSilence();
        if (errand.isToBeRetried()) {
            charges.again(
                    now + settings.timing().retry().toNanos(),
                    errand.key(),
                    RecordSlot.of(errand.record().record()));
        } else if (!errands.contains(errand)) {
            errands.add(errand);
        }
    }

    // ---- what there is to tell --------------------------------------------------------------------------------

    /** Numbers about it. */
    public RepublishStatistics statistics() {
        return new RepublishStatistics(
                charges.occupancy(),
                newcomers.occupancy(),
                new Occupancy(underWay.size(), settings.limits().maxRequests()),
                announcements,
                handOvers,
                accepted,
                denied,
                unanswered,
                passedOver);
    }
}
