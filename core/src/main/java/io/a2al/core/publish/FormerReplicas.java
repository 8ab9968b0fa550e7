package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that were replicas of a slot until there were nearer ones, and still have the record that they confirmed last.
 * Bounded by the caller. Not thread-safe.
 */
final class FormerReplicas {

    private record Former(Contact node, VerifiedRecord holds) {}

    /** The nearest first. Most slots have none, and there may be very many slots. */
    private List<Former> former = List.of();

    /**
     * Adds a node; of too many, the farthest from the key is forgotten.
     *
     * @param most number of nodes that are remembered
     */
    void add(Contact node, VerifiedRecord holds, NodeId key, int most) {
        forget(node.nodeId());
        former = SmallLists.with(former, new Former(node, holds)).stream()
                .sorted(Comparator.comparing(other -> other.node().nodeId(), key.byDistance()))
                .limit(most)
                .toList();
    }

    /** Removes and returns the nearest node that has another record than this one. */
    Optional<Contact> takeWithout(VerifiedRecord record) {
        Optional<Former> next =
                former.stream().filter(node -> !node.holds().equals(record)).findFirst();
        next.ifPresent(node -> forget(node.node().nodeId()));
        return next.map(Former::node);
    }

    /** Forgets a node; does nothing if it is not there. */
    void forget(NodeId node) {
        former = SmallLists.without(former, other -> other.node().nodeId().equals(node));
    }
}
