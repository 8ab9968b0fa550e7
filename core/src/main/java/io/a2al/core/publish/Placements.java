package io.a2al.core.publish;

import io.a2al.core.api.PublicationState;
import io.a2al.core.time.DeadlineQueue;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The keys that something is published at, and those for which the nearest nodes are to be looked up: at first, when
 * replicas are missing, and at intervals, as the network changes. With many publications one lookup serves all keys of
 * its region. Times in nanoseconds. Not thread-safe.
 */
final class Placements {

    /** Keys looked at for one that is outside of all regions being looked up. */
    private static final int SEEN_AT_ONCE = 64;

    private final PublishSettings settings;
    private final Selection selection;
    private final BooleanSupplier many;
    private final RandomGenerator random;
    private final KeyRegions regions;
    private final Map<NodeId, Placement> byKey = new LinkedHashMap<>();
    private final DeadlineQueue<Placement> reviews = new DeadlineQueue<>();
    private final SequencedSet<Placement> searches = new LinkedHashSet<>();

    /** The keys of {@link #searches}, in order. */
    private final NavigableMap<NodeId, Placement> searchesByKey = new TreeMap<>();

    /** Keys that are in a region found lately; they need no lookup. */
    private final Deque<Placement> covered = new ArrayDeque<>();

    /** Keys of lookups under way. */
    private final Set<NodeId> underWay = new HashSet<>();

    /** Keys around which too few nodes are known; a new one is reason for another lookup. */
    private final SequencedSet<Placement> unknown = new LinkedHashSet<>();

    /**
     * No keys yet.
     *
     * @param many true while one lookup serves several keys
     */
    Placements(PublishSettings settings, Selection selection, BooleanSupplier many, RandomGenerator random) {
        this.settings = settings;
        this.selection = selection;
        this.many = many;
        this.random = random;
        this.regions = new KeyRegions(settings.replicas(), selection);
    }

    /** Returns the set of a record's slot at a key, a new one if there is none. */
    ReplicaSet setFor(NodeId key, VerifiedRecord record) {
        Placement placement = byKey.computeIfAbsent(key, Placement::new);
        ReplicaSet known = placement.find(RecordSlot.of(record.record()));
        if (known != null) {
            return known;
        }
        ReplicaSet set = new ReplicaSet(settings, selection, placement, record);
        placement.add(set);
        return set;
    }

    /** Returns the set of a record's slot, if it is being published at this key. */
    Optional<ReplicaSet> find(NodeId key, VerifiedRecord record) {
        return Optional.ofNullable(byKey.get(key)).map(placement -> placement.find(RecordSlot.of(record.record())));
    }

    /** Returns the sets at a key. */
    Collection<ReplicaSet> setsAt(NodeId key) {
        Placement placement = byKey.get(key);
        return placement == null ? List.of() : placement.sets();
    }

    /** Returns how many keys look surrounded by an attacker. */
    int surrounded() {
        int count = 0;
        for (Placement placement : byKey.values()) {
            count += placement.surrounding() == PublicationState.Surrounding.NOW ? 1 : 0;
        }
        return count;
    }

    Collection<Placement> all() {
        return byKey.values();
    }

    /** Returns the placements around which a lookup found fewer nodes than there should be replicas. */
    Collection<Placement> unknown() {
        return unknown;
    }

    void drop(ReplicaSet set) {
        Placement placement = set.placement();
        placement.remove(set);
        if (placement.sets().isEmpty()) {
            byKey.remove(placement.key());
            reviews.remove(placement);
            unknown.remove(placement);
            covered.remove(placement);
            endSearch(placement);
        }
    }

    // ---- lookups that are wanted ------------------------------------------------------------------------------

    /** Lets the nearest nodes be looked up, unless a lookup is wanted or under way already. */
    void search(Placement placement) {
        if (!placement.isSearching() && placement.isNeeded()) {
            placement.beginSearching();
            searches.add(placement);
            searchesByKey.put(placement.key(), placement);
        }
    }

    /** Does the same, or takes what a lookup for another key has found a moment ago. */
    void searchNow(long now, Placement placement) {
        Optional<KeyRegion> region = sharesLookups(placement)
                ? regions.find(placement.key(), now - settings.sweep().sharing().toNanos())
                : Optional.empty();
        if (region.isEmpty()) {
            search(placement);
        } else if (!placement.isSearching() && placement.isNeeded()) {
            placement.beginSearching();
            var _ = take(now, placement, region.get());
            covered.add(placement);
        }
    }

    /** A key that looks surrounded has its own lookups, which say when it does no longer. */
    private boolean sharesLookups(Placement placement) {
        return many.getAsBoolean() && placement.sizeAround() == 0;
    }

    /** Removes and returns the next key whose nearest nodes are known without a lookup. */
    Optional<Placement> nextCovered() {
        return Optional.ofNullable(covered.poll());
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
            searchNow(now, due.get());
        }
    }

    /** Returns when the next lookup is due. */
    long nextDeadline() {
        return reviews.next();
    }

    /** Removes and returns the next lookup that is wanted: with many publications none near one that is under way. */
    Optional<PublishStep.FindNearest> nextSearch() {
        Optional<Placement> next = searches.stream()
                .limit(SEEN_AT_ONCE)
                .filter(placement -> !many.getAsBoolean() || !isBeingFound(placement.key()))
                .findFirst();
        next.ifPresent(placement -> {
            endSearch(placement);
            underWay.add(placement.key());
        });
        return next.map(placement -> new PublishStep.FindNearest(placement.key()));
    }

    private boolean isBeingFound(NodeId key) {
        return underWay.stream().anyMatch(other -> other.commonPrefixLength(key) > regions.depth());
    }

    private void endSearch(Placement placement) {
        searches.remove(placement);
        searchesByKey.remove(placement.key());
    }

    // ---- what they found --------------------------------------------------------------------------------------

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

    /**
     * Notes the result of a lookup. Returns the placements that it tells the nearest nodes for.
     *
     * @param around more nodes around the key, which looks surrounded by an attacker; empty if it does not
     */
    List<Placement> onNearest(long now, NodeId key, List<Contact> nodes, List<Contact> around) {
        underWay.remove(key);
        KeyRegion region = new KeyRegion(key, nodes, now);
        List<Placement> served = new ArrayList<>(1);
        Optional.ofNullable(byKey.get(key)).ifPresent(placement -> {
            placement.setAround(around);
            served.add(placement);
        });
        if (many.getAsBoolean()) {
            regions.add(region, now - settings.sweep().sharing().toNanos());
            served.addAll(othersIn(region));
        }
        served.forEach(placement -> {
            endSearch(placement);
            if (!take(now, placement, region)) {
                search(placement);
            }
        });
        return served;
    }

    /** Returns the other keys of the region for which a lookup is wanted. */
    private List<Placement> othersIn(KeyRegion region) {
        List<Placement> others = new ArrayList<>();
        collect(others, region, searchesByKey.tailMap(region.center(), false).values());
        collect(
                others,
                region,
                searchesByKey.headMap(region.center(), false).descendingMap().values());
        return others;
    }

    private void collect(List<Placement> others, KeyRegion region, Collection<Placement> nearerFirst) {
        for (Placement placement : nearerFirst) {
            if (placement.key().commonPrefixLength(region.center()) < region.depth()) {
                return;
            }
            if (sharesLookups(placement) && regions.covers(region, placement.key())) {
                others.add(placement);
            }
        }
    }

    /** Returns false if there is reason for another lookup. */
    private boolean take(long now, Placement placement, KeyRegion region) {
        placement.endSearching();
        boolean over = placement.onFound(region, settings.replicas());
        if (placement.isKnown(settings.replicas())) {
            unknown.remove(placement);
        } else {
            unknown.add(placement);
        }
        placement.setInSmallNetwork(isSmall(placement));
        Duration wait = many.getAsBoolean()
                ? settings.sweep().refresh()
                : settings.placement().refresh();
        long refresh = wait.toNanos();
        reviews.set(placement, now + refresh + random.nextLong(refresh / 2 + 1));
        return over;
    }
}
