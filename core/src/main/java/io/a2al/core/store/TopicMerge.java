package io.a2al.core.store;

import java.util.List;

/** Topic entries: the least deserving is evicted. */
record TopicMerge(int limit) implements MergePolicy {

    @Override
    public void trim(List<Held> records) {
        while (records.size() > limit) {
            MergePolicy.leastDeserving(records).ifPresent(records::remove);
        }
    }
}
