package io.a2al.core.store;

import io.a2al.protocol.Bytes;
import java.util.List;
import java.util.function.Predicate;

/** Sealed notes: the earliest note of a sender with too many is evicted first, then the least deserving of all. */
record MailboxMerge(int limit, int limitPerSender) implements MergePolicy {

    @Override
    public void trim(List<Held> records) {
        Bytes sender = records.getLast().record().record().publicKey();
        Predicate<Held> bySender = held -> held.record().record().publicKey().equals(sender);
        if (records.stream().filter(bySender).count() > limitPerSender) {
            MergePolicy.earliest(records, bySender).ifPresent(records::remove);
        }
        while (records.size() > limit) {
            MergePolicy.leastDeserving(records).ifPresent(records::remove);
        }
    }
}
