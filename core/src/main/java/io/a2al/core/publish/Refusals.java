package io.a2al.core.publish;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The nodes that did not take a record, and are not asked to for a while. Bounded: the oldest refusal is evicted first.
 * Times in nanoseconds. Not thread-safe.
 */
final class Refusals {

    /** Nodes remembered: far more than the replicas of a record and the width of a lookup. */
    private static final int MAX = 64;

    /** How far a refusal goes. */
    enum Reason {
        /** The request timed out; the next lookup says whether the node is there. */
        TIMEOUT,
        /** The node refused this record; it may accept the next one. */
        RECORD,
        /** The node does not accept records like this. */
        NODE,
        /** The node has the record and will hide it, or does so already; it gets the next one. */
        HIDING
    }

    private record Refusal(Contact node, Reason reason, long until) {}

    /** Most sets have none, and there may be very many sets. */
    private Map<NodeId, Refusal> refusals = Map.of();

    void put(Contact node, Reason reason, long until) {
        if (refusals.isEmpty()) {
            refusals = new BoundedMap<>(MAX);
        }
        refusals.put(node.nodeId(), new Refusal(node, reason, until));
    }

    /** Returns true if the node is not to be asked at present. */
    boolean isRefusing(NodeId node, long now) {
        Refusal refusal = refusals.get(node);
        return refusal != null && refusal.until() - now > 0;
    }

    /** Returns the nodes that refused and are not asked for that; timeouts are no refusals. */
    List<Contact> standing(long now) {
        return find(now, reason -> reason == Reason.RECORD || reason == Reason.NODE);
    }

    /** Returns the nodes that got the record and hide it. */
    List<Contact> hiding(long now) {
        return find(now, reason -> reason == Reason.HIDING);
    }

    private List<Contact> find(long now, Predicate<Reason> wanted) {
        return refusals.values().stream()
                .filter(refusal -> wanted.test(refusal.reason()) && refusal.until() - now > 0)
                .map(Refusal::node)
                .toList();
    }

    /** Drops what does not apply to a newer record: all but the refusals of records of this kind. */
    void onNewRecord() {
        removeIf(reason -> reason != Reason.NODE);
    }

    boolean isEmpty() {
        return refusals.isEmpty();
    }

    /** Drops all refusals and timeouts. */
    void clear() {
        refusals = Map.of();
    }

    /** Drops timeouts: these nodes may be asked again. */
    void forgetTimeouts() {
        removeIf(reason -> reason == Reason.TIMEOUT);
    }

    private void removeIf(Predicate<Reason> unwanted) {
        if (!refusals.isEmpty()) {
            refusals.values().removeIf(refusal -> unwanted.test(refusal.reason()));
            refusals = refusals.isEmpty() ? Map.of() : refusals;
        }
    }
}
