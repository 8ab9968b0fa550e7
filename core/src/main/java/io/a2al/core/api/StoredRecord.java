package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A record in a store, and where it stands. Immutable; thread-safe.
 *
 * @param key the DHT key it is kept at
 * @param origin who brought it
 */
public record StoredRecord(NodeId key, VerifiedRecord record, Origin origin) {

    /** Takes the key from the record, if that has the same one, so that a node keeps it once. */
    public StoredRecord {
        key = key.equals(record.addressId()) ? record.addressId() : key;
    }
}
