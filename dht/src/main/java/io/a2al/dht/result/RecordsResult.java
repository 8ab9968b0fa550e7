package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * The records found at a key: verified, valid and allowed there, and of each slot the newest only. Immutable;
 * thread-safe.
 *
 * @param records newest first: by sequence number, timestamp and public key; may be empty
 * @param report how the lookup went, and which nodes returned the newest
 */
public record RecordsResult(List<VerifiedRecord> records, LookupReport report) {

    /** Copies the list. */
    public RecordsResult {
        records = List.copyOf(records);
    }

    /** Returns the newest record; empty if there is none. */
    public Optional<VerifiedRecord> newest() {
        return records.stream().findFirst();
    }
}
