package io.a2al.core.publish;

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
 * The keys that something is published at, and those for which the nearest nodes are to be looked up: at first, when
 * replicas are missing, and at intervals, as the network changes. Times in nanoseconds. Not thread-safe.
 */
final class Placements {

    private final PublishSettings settings;
    private final Selection selection;
    private final RandomGenerator random;
    private final Map<NodeId, Placement> byKey = new LinkedHashMap<>();
    private final KeyedDeadlines<Placement> reviews = new KeyedDeadlines<>();
    private final SequencedSet<Placement> searches = new LinkedHashSet<>();

    Placements(PublishSettings settings, Selection selection, RandomGenerator random) {
        this.settings = settings;
        this.selection = selection;
        this.random = random;
    }

    /** Returns the set of a record's slot at a key, a new one if there is none. */
    ReplicaSet setFor(NodeId key, VerifiedRecord record) {
        Placement placement = byKey.computeIfAbsent(key, Placement::new);
        return placement
                .sets()
                .computeIfAbsent(
                        RecordSlot.of(record.record()), slot -> new ReplicaSet(settings, selection, placement, record));
    }

    /** Returns the set of a record's slot, if it is being published at this key. */
    Optional<ReplicaSet> find(NodeId key, VerifiedRecord record) {
        return Optional.ofNullable(byKey.get(key))
                .map(placement -> placement.sets().get(RecordSlot.of(record.record())));
    }

    /** Returns the sets at a key. */
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

    /** Lets the nearest nodes be looked up, unless a lookup is wanted or under way already. */
    void search(Placement placement) {
        if (!placement.isSearching() && placement.isNeeded()) {
            placement.beginSearching();
            searches.add(placement);
        }
    }

    /** Lets the nearest nodes be looked up again after the repair delay, because replicas are missing. */
    void searchLater(long now, Placement placement) {
        reviews.setAtMost(placement, now + placement.nextRepairDelay(settings));
    }

    /** Lets the nearest nodes of all keys be looked up now. */
    void searchEverywhere() {
        for (Placement placement : byKey.values()) {
            placement.resetRepairDelay();
            search(placement);
        }
    }

    /** Lets the nearest nodes be looked up for the keys that are due. */
    void fireDue(long now) {
        for (Optional<Placement> due = reviews.pollDue(now); due.isPresent(); due = reviews.pollDue(now)) {
            search(due.get());
        }
    }

    /** Returns when the next lookup is due. */
    long nextDeadline() {
        return reviews.next();
    }

    /** Removes and returns the next lookup that is wanted. */
    Optional<PublishStep.FindNearest> nextSearch() {
        return searches.isEmpty()
                ? Optional.empty()
                : Optional.of(new PublishStep.FindNearest(searches.removeFirst().key()));
    }

    /**
     * The routing table of a node that has just joined knows too few nodes to tell a large network; the nodes that the
     * lookup found tell it nevertheless.
     */
    private boolean isSmall(Placement placement) {
        long nodes = Math.max(selection.network().size(), placement.networkSize());
        return nodes < settings.smallNetworks().below()
                && placement.nearest().stream()
                        .anyMatch(node -> !selection.network().isNewer(node.nodeId()));
    }

    /** Notes the result of a lookup. Returns the placement that it was for, if that still exists. */
    Optional<Placement> onNearest(long now, NodeId key, List<Contact> nodes) {
        Placement placement = byKey.get(key);
        if (placement != null) {
            placement.endSearching();
            if (!placement.onFound(nodes, settings.replicas(), now)) {
                search(placement);
            }
            placement.setInSmallNetwork(isSmall(placement));
            long refresh = settings.placement().refresh().toNanos();
            reviews.set(placement, now + refresh + random.nextLong(refresh / 2 + 1));
        }
        return Optional.ofNullable(placement);
    }
}
