package io.a2al.core.publish;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;
import java.util.Map;

/**
 * The nodes that did not take a record, and are left in peace with it for a while. Bounded: the one remembered for
 * longest gives way. Times in nanoseconds. Not thread-safe.
 */
final class Refusals {

    private static final int MAX = 64;

    /** How far a refusal goes. */
    enum Objection {
        /** No answer; the next lookup says whether the node is there. */
        SILENCE,
        /** The record is not to the node's liking; the next one may be. */
        RECORD,
        /** The node does not want records like this. */
        NODE
    }

    private record Refusal(Contact node, Objection objection, long until) {}

    private final Map<NodeId, Refusal> refusals = new BoundedMap<>(MAX);

    void put(Contact node, Objection objection, long until) {
        refusals.put(node.nodeId(), new Refusal(node, objection, until));
    }

    /** True if the node is to be left in peace. */
    boolean isRefusing(NodeId node, long now) {
        Refusal refusal = refusals.get(node);
        return refusal != null && refusal.until() - now > 0;
    }

    /** The nodes that said no, and are left in peace for that; silence says nothing. */
    List<Contact> standing(long now) {
        return refusals.values().stream()
                .filter(refusal -> refusal.objection() != Objection.SILENCE && refusal.until() - now > 0)
                .map(Refusal::node)
                .toList();
    }

    /** There is another record, which only those will not want that want none. */
    void onNewRecord() {
        refusals.values().removeIf(refusal -> refusal.objection() != Objection.NODE);
    }

    /** Silent nodes may be asked again. */
    void forgetSilence() {
        refusals.values().removeIf(refusal -> refusal.objection() == Objection.SILENCE);
    }
}
