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
 * The nodes nearest to one key, found by one lookup for all the slots there. Bounded by the width of a lookup. Times in
 * nanoseconds. Not thread-safe.
 */
final class Placement {

    private final NodeId key;
    private final Map<RecordSlot, ReplicaSet> sets = new LinkedHashMap<>();
    private final TreeMap<NodeId, Contact> nearest;

    /**
     * Nodes that were proven to be there while the nearest were being looked for, who may not have heard of them yet.
     */
    private final TreeMap<NodeId, Contact> met;

    private boolean searching;
    private boolean found;
    private long foundAt;
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

    /** True if there is a record to be kept. */
    boolean isNeeded() {
        return sets.values().stream().anyMatch(set -> !set.isExpired());
    }

    /** The nearest nodes that answered lately, nearest first. */
    Collection<Contact> nearest() {
        return nearest.values();
    }

    /** True from when a lookup is wanted until it is over. */
    boolean isSearching() {
        return searching;
    }

    void beginSearching() {
        searching = true;
    }

    void endSearching() {
        searching = false;
    }

    /** True if the nodes were found at or after {@code since}. */
    boolean isFoundSince(long since) {
        return found && foundAt - since >= 0;
    }

    /**
     * A lookup found these nodes, and perhaps others were met meanwhile.
     *
     * @return false if there is reason to look again: fewer than {@code count} are known, and somebody new may know
     *     others
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

    /** True if at least so many of the nearest nodes are known. */
    boolean isKnown(int count) {
        return nearest.size() >= count;
    }

    /**
     * A node was proven to be there; true if it is among the nearest {@code count}. That cannot be said, and is not,
     * while so many are not known.
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

    /** How long to wait before the next attempt to find more nodes; twice as long each time, within bounds. */
    long nextRepairDelay(PublishSettings settings) {
        long delay = Math.max(repairDelay, settings.placement().firstRepair().toNanos());
        repairDelay = Math.min(2 * delay, settings.placement().longestRepair().toNanos());
        return delay;
    }

    /** There is reason to hope: the next wait is a short one. */
    void resetRepairDelay() {
        repairDelay = 0;
    }
}
