package io.a2al.core.store;

import io.a2al.protocol.record.RecordType;
import java.util.List;

/**
 * Sovereign and unknown records, all of one address: endpoints stay, the record stored first of the rest is evicted.
 */
record AddressMerge(int limit) implements MergePolicy {

    @Override
    public void trim(List<Held> records) {
        while (records.size() > limit) {
            records.stream()
                    .filter(held -> held.record().record().type() != RecordType.ENDPOINT)
                    .findFirst()
                    .or(() -> MergePolicy.earliest(records, held -> true))
                    .ifPresent(records::remove);
        }
    }
}
