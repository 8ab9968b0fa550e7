package io.a2al.core.store;

import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Sovereign and unknown records: endpoints stay, the first stored of the rest goes. */
record AddressMerge(int limit) implements MergePolicy {

    @Override
    public void trim(List<VerifiedRecord> records) {
        while (records.size() > limit) {
            records.stream()
                    .filter(verified -> verified.record().type() != RecordType.ENDPOINT)
                    .findFirst()
                    .or(() -> MergePolicy.earliest(records, verified -> true))
                    .ifPresent(records::remove);
        }
    }
}
