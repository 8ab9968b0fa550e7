package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;

/**
 * Which nodes are being asked to store the record of a slot, and which refused. Bounded. Times in nanoseconds. Not
 * thread-safe.
 */
final class StoreAttempts {

    private final Refusals refusals = new Refusals();
    private List<Contact> asking = List.of();
    private boolean clockWasSetBack;

    /** Notes that the node is being asked; ended by {@link #end}. */
    void begin(Contact node) {
        var _ = end(node.nodeId());
        asking = SmallLists.with(asking, node);
    }

    /** Notes that the node has answered or not. Returns false if it was not being asked. */
    boolean end(NodeId node) {
        boolean was = isAsking(node);
        asking = SmallLists.without(asking, asked -> asked.nodeId().equals(node));
        return was;
    }

    /** Returns true if this node is being asked. */
    boolean isAsking(NodeId node) {
        return asking.stream().anyMatch(asked -> asked.nodeId().equals(node));
    }

    /** Returns the nodes that are being asked. */
    List<Contact> asking() {
        return asking;
    }

    /** Notes that the node did not take the record, and is not asked again before {@code until}. */
    void onRefusal(Contact node, Refusals.Reason reason, long until) {
        refusals.put(node, reason, until);
    }

    /** Returns true if the node is not to be asked at present. */
    boolean isRefusing(NodeId node, long now) {
        return refusals.isRefusing(node, now);
    }

    /** Returns the nodes that refused and are not asked for that; timeouts are no refusals. */
    List<Contact> refusing(long now) {
        return refusals.standing(now);
    }

    /** Returns the nodes that got the record and hide it. */
    List<Contact> hiding(long now) {
        return refusals.hiding(now);
    }

    /** Lets nodes be asked again whose requests timed out, because a lookup has just found the nodes that answer. */
    void forgetTimeouts() {
        refusals.forgetTimeouts();
    }

    /** Lets nodes be asked again that may accept the newer record. */
    void onNewRecord() {
        if (clockWasSetBack) {
            // Nodes that answer without a reason may have refused the former record because of its timestamp.
            refusals.clear();
            clockWasSetBack = false;
        } else {
            refusals.onNewRecord();
        }
    }

    /**
     * Notes that the wall clock was set back, so that nodes may have refused the record because it came from the
     * future. They are asked again, with the next record if there will be one.
     *
     * @return true if a node refused the present record
     */
    boolean onClockSetBack(boolean isRenewable) {
        boolean wasRefused = !refusals.isEmpty();
        if (isRenewable) {
            clockWasSetBack = true;
        } else {
            refusals.clear();
        }
        return wasRefused;
    }
}
