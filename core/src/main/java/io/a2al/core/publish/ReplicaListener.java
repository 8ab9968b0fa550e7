package io.a2al.core.publish;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;

/** Learns of replicas that are lost; raised by {@link PublisherRunner}. Called from within the core; must not throw. */
@FunctionalInterface
public interface ReplicaListener {

    /** The node does not hold this record of ours any longer, or is lost itself. */
    void onReplicaLost(NodeTime now, NodeId key, VerifiedRecord record, Contact holder);
}
