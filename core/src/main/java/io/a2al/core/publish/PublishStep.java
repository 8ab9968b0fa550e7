package io.a2al.core.publish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * What {@link Publisher} wants done next. Its owner reports the end of each {@link FindNearest} and {@link Request}
 * exactly once.
 */
public sealed interface PublishStep {

    /** Find the nodes nearest to a key that answer. */
    record FindNearest(NodeId key) implements PublishStep {}

    /** Send a request to a node. */
    sealed interface Request extends PublishStep {

        /** The node to ask. */
        Contact to();
    }

    /** Ask a node to store a record. */
    record Store(Contact to, NodeId key, VerifiedRecord record) implements Request {}

    /** Ask a node for the records of this one's type at a key, to see whether this one is among them. */
    record Read(Contact to, NodeId key, VerifiedRecord record, Purpose purpose) implements Request {}

    /** Ask a node for a PONG. */
    record Ping(Contact to) implements Request {}

    /** Why a node is asked for a record. */
    enum Purpose {
        /** It refused to store the record without a reason, perhaps because it has it (wire.md 7.8). */
        DISPUTE,
        /** It confirmed the record, as it also does if it has a newer one; this shows which. */
        READ_BACK,
        /** To see whether it still has what it confirmed. */
        PROBE
    }

    /** Tell the application that a publication needs a newer record. */
    record AskForRenewal(long publication) implements PublishStep {}

    /** Tell the application that a round of storing is over. */
    record Settled(long operation, int replicas, int wanted) implements PublishStep {}

    /** Tell those who watch that a node does not hold a record any longer. */
    record ReplicaLost(NodeId key, VerifiedRecord record, Contact holder) implements PublishStep {}

    /**
     * Ask again at this time in nanoseconds, or after the next report; {@link Long#MAX_VALUE} if only after a report.
     */
    record Wait(long untilNanos) implements PublishStep {}
}
