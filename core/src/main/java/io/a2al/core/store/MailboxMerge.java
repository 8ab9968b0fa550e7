package io.a2al.core.store;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.function.Predicate;

/** Sealed notes: first the earliest of a sender with too many goes, then the earliest of all. */
record MailboxMerge(int limit, int limitPerSender) implements MergePolicy {

    @Override
    public void trim(List<VerifiedRecord> records) {
        Bytes sender = records.getLast().record().publicKey();
        Predicate<VerifiedRecord> bySender =
                verified -> verified.record().publicKey().equals(sender);
        if (records.stream().filter(bySender).count() > limitPerSender) {
            MergePolicy.earliest(records, bySender).ifPresent(records::remove);
        }
        while (records.size() > limit) {
            MergePolicy.earliest(records, verified -> true).ifPresent(records::remove);
        }
    }
}
