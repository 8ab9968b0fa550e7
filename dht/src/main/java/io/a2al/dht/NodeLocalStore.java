package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.shell.StorePages;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The store of a node's core. Thread-safe. */
final class NodeLocalStore implements LocalStore {

    private final CoreDriver driver;
    private final Operations operations;

    NodeLocalStore(CoreDriver driver, Operations operations) {
        this.driver = driver;
        this.operations = operations;
    }

    private long now() {
        return driver.now().unixSeconds();
    }

    /** Waits for the records of an earlier run, a second at most; on a closed node there is nothing to wait for. */
    private void awaitRestored(NodeId key) {
        if (operations.isOpen() && driver.ask(NodeCore::isRestoring)) {
            var _ = operations
                    .submit(new Command.AwaitRestored(key))
                    .exceptionally(closed -> new Outcome.Noted())
                    .join();
        }
    }

    @Override
    public List<VerifiedRecord> get(NodeId key, int type) {
        Objects.requireNonNull(key, "key");
        int checked = Arguments.recordType(type);
        awaitRestored(key);
        return driver.ask(core -> core.store().getAll(key, checked, now()));
    }

    @Override
    public Optional<EndpointRecord> getEndpoint(NodeId key) {
        Objects.requireNonNull(key, "key");
        awaitRestored(key);
        return driver.ask(core -> core.store().getEndpoint(key, now())).map(EndpointRecord::of);
    }

    @Override
    public PutResult put(NodeId key, SignedRecord record) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(record, "record");
        VerifiedRecord verified;
        try {
            verified = new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
        } catch (InvalidRecordException e) {
            throw new RefusedException(e.getMessage());
        }
        return switch (Futures.immediate(operations.submit(new Command.PutLocally(key, verified)))) {
            case Outcome.Put(PutResult result) -> result;
            case Outcome other -> throw Operations.unexpected(other);
        };
    }

    @Override
    public int invalidate(NodeId key) {
        Objects.requireNonNull(key, "key");
        awaitRestored(key);
        return driver.ask(core -> core.store().remove(key, RecordType.ANY));
    }

    @Override
    public int size() {
        return driver.ask(core -> core.store().size(now()));
    }

    @Override
    public List<StoredRecord> records() {
        List<StoredRecord> all = new ArrayList<>();
        pages().forEachRemaining(all::addAll);
        return all;
    }

    @Override
    public Iterator<List<StoredRecord>> pages() {
        return new StorePages(driver);
    }

    @Override
    public void setMaxKeys(int keys) {
        driver.tell(core -> core.store().setMaxKeys(keys));
    }
}
