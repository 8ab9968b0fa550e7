package io.a2al.core.store;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Topic entries: the earliest made goes. */
record TopicMerge(int limit) implements MergePolicy {

    @Override
    public void trim(List<VerifiedRecord> records) {
        while (records.size() > limit) {
            MergePolicy.earliest(records, verified -> true).ifPresent(records::remove);
        }
    }
}
