package io.a2al.core.push;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * Learns of records that are reported to the application's listeners; raised by {@link ListenService}. Called from
 * within the core; must not throw.
 */
@FunctionalInterface
public interface HeardListener {

    /** A listener at this key is told of a record that is new to it; called for each such listener. */
    void onHeard(NodeId key, VerifiedRecord record);
}
