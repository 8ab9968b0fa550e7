package io.a2al.core.publish;

import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The nodes nearest to one key, found by one lookup for all the slots there. Holds at most {@code K} nodes. Times in
 * nanoseconds. Not thread-safe.
 */
final class Placement {

    /** Keeps an estimate with 16 nodes within a long. */
    private static final int MAX_EXPONENT = 58;

    private final NodeId key;
    private final Map<RecordSlot, ReplicaSet> sets = new LinkedHashMap<>();
    private final TreeMap<NodeId, Contact> nearest;

    /**
     * Nodes that proved their address while a lookup was under way, and which the nodes it asked may not know yet.
     */
    private final TreeMap<NodeId, Contact> met;

    private boolean searching;
    private boolean found;
    private long foundAt;
    private boolean isInSmallNetwork;
    private long repairDelay;

    Placement(NodeId key) {
        this.key = key;
        this.nearest = new TreeMap<>(key.byDistance());
        this.met = new TreeMap<>(key.byDistance());
    }

    NodeId key() {
        return key;
    }

    Map<RecordSlot, ReplicaSet> sets() {
        return sets;
    }

    /** Returns true if there is a record that has not expired. */
    boolean isNeeded() {
        return sets.values().stream().anyMatch(set -> !set.isExpired());
    }

    /** Returns the nearest nodes that answered lately, nearest first. */
    Collection<Contact> nearest() {
        return nearest.values();
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
        return found && foundAt - since >= 0;
    }

    /**
     * Takes the nodes that a lookup found, and those that proved their address meanwhile.
     *
     * @return false if there is reason for another lookup: fewer than {@code count} nodes are known, and a new one may
     *     know others
     */
    boolean onFound(List<Contact> nodes, int count, long now) {
        nearest.clear();
        nodes.forEach(node -> add(nearest, node));
        found = true;
        foundAt = now;
        boolean enough = isKnown(count);
        if (enough) {
            met.values().forEach(node -> add(nearest, node));
        }
        boolean over = enough || met.isEmpty();
        met.clear();
        return over;
    }

    /**
     * Returns how many nodes the network seems to have by how near the nodes are that were found: their number, unless
     * it is as large as a lookup can find.
     */
    long networkSize() {
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
        return nearest.size() >= count;
    }

    /**
     * Takes a node that has proven its address. Returns true if it is among the nearest {@code count}; false while
     * fewer are known, because then nothing follows from it.
     */
    boolean onNewContact(Contact contact, int count) {
        if (searching) {
            add(met, contact);
            return false;
        }
        if (!isKnown(count)
                || !key.isNearer(contact.nodeId(), List.copyOf(nearest.keySet()).get(count - 1))) {
            return false;
        }
        add(nearest, contact);
        return true;
    }

    private static void add(NavigableMap<NodeId, Contact> nodes, Contact contact) {
        nodes.put(contact.nodeId(), contact);
        if (nodes.size() > RoutingTable.K) {
            nodes.pollLastEntry();
        }
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
