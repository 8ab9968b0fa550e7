package io.a2al.core.publish;

import io.a2al.core.guard.SubnetShare;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * Which of the nodes nearest to a key are chosen as replicas. Immutable.
 *
 * @param subnets how many replicas of a record may be in one network, as long as there are other networks
 * @param hiding which nodes do not count, because they do not return the record for long
 * @param network how large the network is, and which peers are of the newer protocol version
 */
public record Selection(SubnetShare subnets, Hiding hiding, NetworkView network) {

    /** Knows which nodes stop returning a record some time after this node stored it there. */
    @FunctionalInterface
    public interface Hiding {

        /** No node does. */
        Hiding NONE = (record, node, now) -> false;

        /** Returns true if the node hides the record, as far as is known; {@code now} in nanoseconds. */
        boolean hides(VerifiedRecord record, NodeId node, long now);
    }
}
