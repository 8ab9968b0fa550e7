package io.a2al.core.rpc;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;

/** Learns of peers that hide relayed records; raised by {@link HidingChecks}. Must not throw. */
@FunctionalInterface
public interface HidingListener {

    /** The peer was found to hide relayed records. */
    void onHiding(NodeTime now, NodeId peer);
}
