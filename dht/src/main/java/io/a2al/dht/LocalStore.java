package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.store.RecordStore;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a node itself keeps, for others and of its own. Nothing in here asks or tells another node, except that
 * subscribers hear of a new record. A store without a node is a {@link RecordStore}. Thread-safe.
 */
public final class LocalStore {

    private final CoreDriver driver;
    private final Operations operations;

    LocalStore(CoreDriver driver, Operations operations) {
        this.driver = driver;
        this.operations = operations;
    }

    private long now() {
        return driver.now().unixSeconds();
    }

    /** The records at {@code key} of {@code type} (0 for all) that are valid and allowed there now, in stored order. */
    public List<VerifiedRecord> get(NodeId key, int type) {
        return driver.ask(core -> core.store().getAll(key, type, now()));
    }

    /** The newest endpoint record at {@code key}. */
    public Optional<EndpointRecord> getEndpoint(NodeId key) {
        return driver.ask(core -> core.store().getEndpoint(key, now())).map(EndpointRecord::of);
    }

    /**
     * Keeps a record here, as if another node had brought it: it is checked like any other, and nobody else is asked to
     * keep it.
     *
     * @param key the zero key for the NodeID of the record's address
     * @throws RefusedException if its signature or its payload is invalid
     */
    public PutResult put(NodeId key, SignedRecord record) {
        VerifiedRecord verified;
        try {
            verified = new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
        } catch (InvalidRecordException e) {
            throw new RefusedException(e.getMessage());
        }
        // The core answers this one at once, so that there is nothing to wait for.
        return switch (operations.submit(new Command.PutLocally(key, verified)).join()) {
            case Outcome.Put(PutResult result) -> result;
            case Outcome other -> throw Operations.unexpected(other);
        };
    }

    /** Drops all records at {@code key}, and returns how many there were; others may bring them again. */
    public int invalidate(NodeId key) {
        return driver.ask(core -> core.store().remove(key, RecordType.ANY));
    }

    /** Number of keys with a valid record. */
    public int size() {
        return driver.ask(core -> core.store().size(now()));
    }

    /** Every valid record, in the order in which keys would be given up if there were no room. */
    public List<StoredRecord> records() {
        return driver.ask(core -> core.store().all(now()));
    }

    /**
     * Changes how many keys are kept, and drops those used longest ago that are beyond that.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public void setMaxKeys(int keys) {
        driver.tell(core -> core.store().setMaxKeys(keys));
    }
}
