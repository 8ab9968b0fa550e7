package io.a2al.core.republish;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Comparator;

/** What {@link Republisher} wants done next. Its owner reports the end of each {@link Store} exactly once. */
public sealed interface RepublishStep {

    /** Ask a node to store a record. */
    record Store(Contact to, NodeId key, VerifiedRecord record) implements RepublishStep, Comparable<Store> {

        private static final Comparator<Store> ORDER = Comparator.comparing(
                        (Store store) -> store.to().nodeId())
                .thenComparing(store -> store.to().endpoint())
                .thenComparing(Store::key)
                .thenComparing(Store::record);

        @Override
        public int compareTo(Store other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Ask again at this time in nanoseconds, or after the next report; {@link Long#MAX_VALUE} if only after a report.
     */
    record Wait(long untilNanos) implements RepublishStep {}
}
