package io.a2al.core.publish;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;

/**
 * The keys that something is published at, and which of them the nearest nodes are to be found for: at first, when
 * replicas are missing, and now and then, as the network changes. Times in nanoseconds. Not thread-safe.
 */
final class Placements {

    private final PublishSettings settings;
    private final SubnetShare subnets;
    private final RandomGenerator random;
    private final Map<NodeId, Placement> byKey = new LinkedHashMap<>();
    private final KeyedDeadlines<Placement> reviews = new KeyedDeadlines<>();
    private final SequencedSet<Placement> searches = new LinkedHashSet<>();

    Placements(PublishSettings settings, SubnetShare subnets, RandomGenerator random) {
        this.settings = settings;
        this.subnets = subnets;
        this.random = random;
    }

    /** The set of a record's slot at a key, a new one if need be. */
    ReplicaSet setFor(NodeId key, VerifiedRecord record) {
        Placement placement = byKey.computeIfAbsent(key, Placement::new);
        return placement
                .sets()
                .computeIfAbsent(
                        RecordSlot.of(record.record()), slot -> new ReplicaSet(settings, subnets, placement, record));
    }

    /** The set of a record's slot, if it is being published at this key. */
    Optional<ReplicaSet> find(NodeId key, VerifiedRecord record) {
        return Optional.ofNullable(byKey.get(key))
                .map(placement -> placement.sets().get(RecordSlot.of(record.record())));
    }

    /** The sets at a key. */
    Collection<ReplicaSet> setsAt(NodeId key) {
        Placement placement = byKey.get(key);
        return placement == null ? List.of() : placement.sets().values();
    }

    Collection<Placement> all() {
        return byKey.values();
    }

    void drop(ReplicaSet set) {
        Placement placement = set.placement();
        placement.sets().remove(set.slot());
        if (placement.sets().isEmpty()) {
            byKey.remove(placement.key());
            reviews.remove(placement);
            searches.remove(placement);
        }
    }

    /** The nearest nodes are to be found, unless that is under way. */
    void search(Placement placement) {
        if (!placement.isSearching() && placement.isNeeded()) {
            placement.beginSearching();
            searches.add(placement);
        }
    }

    /** They are to be found again when more replicas can be hoped for. */
    void searchLater(long now, Placement placement) {
        reviews.setAtMost(placement, now + placement.nextRepairDelay(settings));
    }

    /** They are to be found again now, everywhere. */
    void searchEverywhere() {
        for (Placement placement : byKey.values()) {
            placement.resetRepairDelay();
            search(placement);
        }
    }

    /** Begins to find what is due to be found again. */
    void fireDue(long now) {
        for (Optional<Placement> due = reviews.pollDue(now); due.isPresent(); due = reviews.pollDue(now)) {
            search(due.get());
        }
    }

    /** When the next search is due. */
    long nextDeadline() {
        return reviews.next();
    }

    /** The next lookup that is wanted. */
    Optional<PublishStep.FindNearest> nextSearch() {
        return searches.isEmpty()
                ? Optional.empty()
                : Optional.of(new PublishStep.FindNearest(searches.removeFirst().key()));
    }

    /** A lookup is over; the placement that it was for, if that still exists. */
    Optional<Placement> onNearest(long now, NodeId key, List<Contact> nodes) {
        Placement placement = byKey.get(key);
        if (placement != null) {
            placement.endSearching();
            if (!placement.onFound(nodes, settings.replicas(), now)) {
                search(placement);
            }
            long refresh = settings.placement().refresh().toNanos();
            reviews.set(placement, now + refresh + random.nextLong(refresh / 2 + 1));
        }
        return Optional.ofNullable(placement);
    }
}
