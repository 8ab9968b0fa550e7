package io.a2al.core.publish;

import io.a2al.core.api.PublicationState;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.time.DeadlineQueue;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes nearest to one key, found by one lookup for all the slots there, and perhaps for other keys. Its deadline
 * is the next look for nearer nodes. There may be very many, so that what most do not need is not allocated. Times in
 * nanoseconds. Not thread-safe.
 */
final class Placement extends DeadlineQueue.Entry {

    /** Keeps an estimate with 16 nodes within a long. */
    private static final int MAX_EXPONENT = 58;

    /** A fraction has 53 bits. */
    private static final int UNUSED_BITS = 11;

    private final NodeId key;
    private Map<RecordSlot, ReplicaSet> sets = Map.of();

    /** What a lookup found, shared with the other keys of the region; null before the first one. */
    private @Nullable KeyRegion region;

    /** Nodes that proved their address after the lookup and are among the nearest. */
    private List<Contact> added = List.of();

    /** Nodes that proved their address while a lookup was under way, and which the nodes it asked may not know yet. */
    private List<Contact> met = List.of();

    /** The nodes around a key that looks surrounded by an attacker; empty if it does not. */
    private List<Contact> around = List.of();

    private PublicationState.Surrounding surrounding = PublicationState.Surrounding.NEVER;
    private boolean searching;
    private boolean isInSmallNetwork;
    private long repairDelay;

    Placement(NodeId key) {
        this.key = key;
    }

    NodeId key() {
        return key;
    }

    /** Returns where the key is in the key space, from 0 to less than 1. */
    double position() {
        return (ByteBuffer.wrap(key.toArray()).getLong() >>> UNUSED_BITS) * 0x1p-53;
    }

    Collection<ReplicaSet> sets() {
        return sets.values();
    }

    @Nullable
    ReplicaSet find(RecordSlot slot) {
        return sets.get(slot);
    }

    /** Adds a set of another slot than the others. Most keys have one. */
    void add(ReplicaSet set) {
        if (sets.isEmpty()) {
            sets = Map.of(set.slot(), set);
        } else {
            sets = sets.size() == 1 ? new LinkedHashMap<>(sets) : sets;
            sets.put(set.slot(), set);
        }
    }

    void remove(ReplicaSet set) {
        if (sets.size() == 1) {
            sets = set.equals(sets.get(set.slot())) ? Map.of() : sets;
        } else if (!sets.isEmpty()) {
            sets.remove(set.slot());
        }
    }

    /** Returns true if there is a record that has not expired. */
    boolean isNeeded() {
        return sets().stream().anyMatch(set -> !set.isExpired());
    }

    /** Returns the nearest nodes that answered lately, nearest first; all around the key if it looks surrounded. */
    Collection<Contact> nearest() {
        NavigableMap<NodeId, Contact> nearest = byDistance();
        around.forEach(node -> nearest.put(node.nodeId(), node));
        return nearest.values();
    }

    /** Takes the nodes around the key that are to hold its records because it looks surrounded; none if it does not. */
    void setAround(List<Contact> nodes) {
        around = nodes;
        surrounding = surrounding.next(!nodes.isEmpty());
    }

    /** Returns how many nodes are to hold the records because the key looks surrounded; 0 if it does not. */
    int sizeAround() {
        return around.size();
    }

    /** Returns whether the key looks surrounded, or did so before. */
    PublicationState.Surrounding surrounding() {
        return surrounding;
    }

    private NavigableMap<NodeId, Contact> byDistance() {
        NavigableMap<NodeId, Contact> nearest = new TreeMap<>(key.byDistance());
        if (region != null) {
            region.nodes().forEach(node -> nearest.put(node.nodeId(), node));
        }
        added.forEach(node -> nearest.put(node.nodeId(), node));
        while (nearest.size() > RoutingTable.K) {
            nearest.pollLastEntry();
        }
        return nearest;
    }

    /** Returns true from when a lookup is wanted until it is over. */
    boolean isSearching() {
        return searching;
    }

    void beginSearching() {
        searching = true;
    }

    void endSearching() {
        searching = false;
    }

    /** Returns true if the nodes were found at or after {@code since}. */
    boolean isFoundSince(long since) {
        return region != null && region.foundAt() - since >= 0;
    }

    /**
     * Takes what a lookup found, and the nodes that proved their address meanwhile.
     *
     * @return false if there is reason for another lookup: fewer than {@code count} nodes are known, and a new one may
     *     know others
     */
    boolean onFound(KeyRegion found, int count) {
        region = found;
        boolean enough = found.nodes().size() >= count;
        boolean over = enough || met.isEmpty();
        added = enough ? met : List.of();
        met = List.of();
        return over;
    }

    /**
     * Returns how many nodes the network seems to have by how near the nodes are that were found: their number, unless
     * it is as large as a lookup can find.
     */
    long networkSize() {
        NavigableMap<NodeId, Contact> nearest = byDistance();
        if (nearest.size() < RoutingTable.K) {
            return nearest.size();
        }
        int shared = key.commonPrefixLength(nearest.lastKey());
        return (long) RoutingTable.K << Math.min(shared, MAX_EXPONENT);
    }

    /** Sets whether {@link #isInSmallNetwork}. */
    void setInSmallNetwork(boolean small) {
        isInSmallNetwork = small;
    }

    /** Returns true if the network is small and nodes of the older protocol version may be among the nearest. */
    boolean isInSmallNetwork() {
        return isInSmallNetwork;
    }

    /** Returns true if at least so many of the nearest nodes are known. */
    boolean isKnown(int count) {
        return (region == null ? 0 : region.nodes().size()) + added.size() >= count;
    }

    /**
     * Takes a node that has proven its address. Returns true if it is among the nearest {@code count}; false while
     * fewer are known, because then nothing follows from it.
     */
    boolean onNewContact(Contact contact, int count) {
        if (searching) {
            met = withAnother(met, contact);
            return false;
        }
        if (!isKnown(count)
                || !key.isNearer(
                        contact.nodeId(), List.copyOf(byDistance().keySet()).get(count - 1))) {
            return false;
        }
        added = withAnother(added, contact);
        return true;
    }

    /** Returns the nodes and another one, without the farthest of too many. */
    private List<Contact> withAnother(List<Contact> nodes, Contact another) {
        List<Contact> all = new ArrayList<>(nodes.size() + 1);
        nodes.stream().filter(node -> !node.nodeId().equals(another.nodeId())).forEach(all::add);
        all.add(another);
        if (all.size() > RoutingTable.K) {
            all.sort(Comparator.comparing(Contact::nodeId, key.byDistance()));
            all.removeLast();
        }
        return all;
    }

    /**
     * Returns true if the node would be among those that the lookup found if it had answered. False before the first
     * lookup, and after one that found no node.
     */
    boolean shouldHaveFound(NodeId node) {
        return region != null
                && !region.nodes().isEmpty()
                && region.center().isNearer(node, region.nodes().getLast().nodeId())
                && region.nodes().stream().noneMatch(found -> found.nodeId().equals(node));
    }

    /** Returns the wait before the next lookup for more nodes; it doubles each time, within bounds. */
    long nextRepairDelay(PublishSettings settings) {
        long delay = Math.max(repairDelay, settings.placement().firstRepair().toNanos());
        repairDelay = Math.min(2 * delay, settings.placement().longestRepair().toNanos());
        return delay;
    }

    /** Makes the next repair delay the shortest one, because nodes may answer again. */
    void resetRepairDelay() {
        repairDelay = 0;
    }
}
