package io.a2al.dht.shell;

import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Receives the events of the core other than outcomes. Called on any thread of the node, so an implementation must run
 * on another thread what takes time.
 */
public interface CoreEvents {

    /** A publication needs a newer record. */
    void onRenewalDue(long publication);

    /** A listener's key has a record that is new to it. */
    void onHeard(long listener, VerifiedRecord record);

    /** A peer that answered a request reports the address at which it sees this node. */
    void onObserved(NodeId reporter, Endpoint observed);

    /** A datagram has this node's identity; its signature was not checked. */
    void onOwnIdentity(Endpoint from);

    /** The files are to be written. */
    void onSaveDue();

    /** Something happened that the application wants to know; ignored by default. */
    default void onEvent(NodeEvent event) {}

    /** A traced lookup made a step; ignored by default. */
    default void onStep(long operation, LookupStep step) {}

    /** A record is to be kept on disk under this number, which is new; ignored without a disk. */
    default void onPersist(long number, StoredRecord record) {}

    /** The record of this number is to be removed from the disk; ignored without a disk. */
    default void onForget(long number) {}

    /** The records of this key are to be restored before others; ignored without a disk. */
    default void onRestoreKey(NodeId key) {}

    /**
     * Returns what runs something once every record kept so far is on the disk; empty if answers do not wait for that.
     */
    default Optional<Executor> confirmations() {
        return Optional.empty();
    }

    /** Too few peers are known, and none of the remembered ones answers. */
    void onSeedsWanted();
}
