package io.a2al.dht.files;

import io.a2al.core.api.Origin;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;

/**
 * A record as it was read from an archive. Immutable; thread-safe.
 *
 * @param number its number in the archive
 * @param key the DHT key it was held at
 * @param origin by which the store limits records
 * @param record the encoded record
 * @param isAuthentic true if this node wrote the entry after it had verified the record; if false, the record is to be
 *     verified
 */
public record ArchivedRecord(long number, NodeId key, Origin origin, Bytes record, boolean isAuthentic) {}
