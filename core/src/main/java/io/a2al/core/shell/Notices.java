package io.a2al.core.shell;

import io.a2al.core.api.DropReason;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * What a shell has to tell beside the datagrams that it sends. Called on the shell's thread while it works through
 * effects, outside the core's turn; must not block and must not throw. All but the outcome of operations
 * does nothing by default, for shells that have no use for it.
 */
@FunctionalInterface
public interface Notices {

    /** An operation has ended. */
    void completed(long operation, Outcome outcome);

    /** A datagram was dropped. */
    default void dropped(Endpoint from, DropReason reason) {}

    /** A datagram was admitted and its signature holds. */
    default void accepted() {}

    /** A record within an accepted message failed verification. */
    default void recordRefused() {}

    /** A publication needs a newer record. */
    default void renewalDue(long publication) {}

    /** A listener's key has a record that is new to it. */
    default void heard(long listener, VerifiedRecord record) {}

    /** A peer that answered us tells the address at which it sees us. */
    default void observed(NodeId reporter, Endpoint observed) {}

    /** A lookup that is traced made a step. */
    default void traced(long operation, LookupStep step) {}

    /** Something happened, while events are wanted. */
    default void happened(NodeEvent event) {}

    /** A record is to be kept on disk under this number, which is new. */
    default void persist(long number, StoredRecord record) {}

    /** The record of this number is to be removed from the disk. */
    default void forget(long number) {}

    /** The records of this key are to be restored before others. */
    default void restoreKey(NodeId key) {}

    /** It is time to write what is kept on disk. */
    default void saveDue() {}

    /** Too few peers are known, and none of those remembered answers. */
    default void seedsWanted() {}
}
