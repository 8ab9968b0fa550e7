package io.a2al.dht;

import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.function.Consumer;

/** Passes the entries of a topic on that a filter accepts. Called by one thread at a time. */
record TopicListener(TopicFilter filter, Consumer<TopicEntry> consumer) implements Consumer<VerifiedRecord> {

    @Override
    public void accept(VerifiedRecord verified) {
        TopicEntry entry = TopicEntry.of(verified);
        if (filter.matches(entry.payload())) {
            consumer.accept(entry);
        }
    }
}
