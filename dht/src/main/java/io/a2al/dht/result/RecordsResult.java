package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * The records found at a key: valid, verified and allowed there, of each slot the newest only; perhaps none. Immutable;
 * thread-safe.
 *
 * @param records newest first: by sequence number, timestamp and public key
 * @param report how the lookup went, and who returned the newest
 */
public record RecordsResult(List<VerifiedRecord> records, LookupReport report) {

    /** Copies the list. */
    public RecordsResult {
        records = List.copyOf(records);
    }

    /** The newest of all, if there is any. */
    public Optional<VerifiedRecord> newest() {
        return records.stream().findFirst();
    }
}
