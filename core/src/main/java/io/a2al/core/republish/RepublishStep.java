package io.a2al.core.republish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;

/** What {@link Republisher} wants done next. Its owner reports the end of each {@link Store} exactly once. */
public sealed interface RepublishStep {

    /** Ask a node to store a record. */
    record Store(Contact to, NodeId key, VerifiedRecord record) implements RepublishStep {}

    /**
     * Ask again at this time in nanoseconds, or after the next report; {@link Long#MAX_VALUE} if only after a report.
     */
    record Wait(long untilNanos) implements RepublishStep {}
}
