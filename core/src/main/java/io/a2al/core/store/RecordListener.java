package io.a2al.core.store;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;

/** Learns of records that are stored; raised by {@link RecordIntake}. Called from within the core; must not throw. */
@FunctionalInterface
public interface RecordListener {

    /**
     * A record was stored here, or stored again.
     *
     * @param key where it is held
     * @param from the node that sent it; empty if it is from this node
     * @param isNew false if just this record was held already
     */
    void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew);
}
