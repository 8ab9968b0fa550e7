package io.a2al.dht;

import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.store.RecordStore;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The records that a node itself holds, for other nodes and for its own agents. No operation here sends a request; only
 * subscribers are pushed a new record. A store without a node is a {@link RecordStore}. While a node restores the
 * records of an earlier run, what concerns one key waits until those of the key are restored, for a second at most.
 * Thread-safe.
 */
public interface LocalStore {

    /**
     * Returns the records at {@code key} that are valid and allowed there now, in stored order.
     *
     * @param type the record type, 0 to 255; 0 for any
     */
    List<VerifiedRecord> get(NodeId key, int type);

    /** Returns the newest endpoint record at {@code key}; empty if there is none. */
    Optional<EndpointRecord> getEndpoint(NodeId key);

    /**
     * Stores a record in this node only, with the same checks as one that another node sends.
     *
     * @param key the zero key for the NodeID of the record's address
     * @throws RefusedException if its signature or its payload is invalid
     * @throws NodeClosedException if the node is closed
     * @throws IllegalStateException if the node is not started
     */
    PutResult put(NodeId key, SignedRecord record);

    /** Drops all records at {@code key} and returns how many there were; other nodes may store them again. */
    int invalidate(NodeId key);

    /** Returns the number of keys with a valid record. */
    int size();

    /**
     * Returns every valid record, in the order in which their keys would be evicted. Read like {@link #pages}, and kept
     * in memory until the list is dropped.
     */
    List<StoredRecord> records();

    /**
     * Returns the same records a few keys at a time, for stores with many: each page is read from the store when it is
     * asked for, and the node works between two of them. The keys are those of the call; a record that is dropped or
     * replaced meanwhile is missing or newer. A page may be empty. The iterator is not thread-safe.
     */
    Iterator<List<StoredRecord>> pages();

    /**
     * Changes the limit of keys, and evicts the least recently used keys beyond it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    void setMaxKeys(int keys);
}
