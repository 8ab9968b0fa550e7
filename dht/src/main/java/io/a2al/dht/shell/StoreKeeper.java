package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.Threads;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a node's records over a restart (known-defects D-34). They are read on a thread of their own, since each
 * signature is checked again, and given to the store a few at a time; the node works meanwhile. Until all are read,
 * nothing is written, and a file that could not be read is left alone. Thread-safe.
 */
public final class StoreKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);

    private static final int BATCH = 64;

    private final CoreDriver driver;
    private final StoreFile file;
    private final Tasks tasks;
    private final RateLimitedLogger log;
    private volatile boolean complete;
    private volatile boolean stopped;
    private Optional<Thread> reading = Optional.empty();

    public StoreKeeper(CoreDriver driver, StoreFile file, Tasks tasks, RateLimitedLogger log) {
        this.driver = driver;
        this.file = file;
        this.tasks = tasks;
        this.log = log;
    }

    /** Begins to read the file. */
    public synchronized void restore() {
        reading = Optional.of(
                Thread.ofPlatform().name("a2al-restore").daemon().start(() -> tasks.run(TaskKind.FILES, this::read)));
    }

    private void read() {
        long begin = driver.now().nanos();
        Restoration restoration = new Restoration();
        try {
            int damaged = file.read(restoration::take);
            if (stopped) {
                return;
            }
            restoration.hand();
            complete = true;
            if (damaged + restoration.invalid > 0) {
                log.warn(
                        "file {} is damaged at {} places, and {} of its records are not valid; {} are read",
                        file.path(),
                        damaged,
                        restoration.invalid,
                        restoration.kept);
            } else if (restoration.kept > 0) {
                LOG.info(
                        "{} records read from file {} within {} ms; {} have expired, {} are not kept any more",
                        restoration.kept,
                        file.path(),
                        Duration.ofNanos(driver.now().nanos() - begin).toMillis(),
                        restoration.expired,
                        restoration.refused);
            }
        } catch (IOException e) {
            log.warn("file {} cannot be read, and is left alone: {}", file.path(), OwnerOnlyFile.reason(e));
        }
    }

    /** Verifies entries and hands them to the core. Belongs to the reading thread. */
    private final class Restoration {

        private final RecordVerifier verifier =
                new RecordVerifier(Ed25519.preferred().newVerifier());
        private final List<StoredRecord> batch = new ArrayList<>(BATCH);
        private int kept;
        private int expired;
        private int invalid;
        private int refused;

        /** Returns false to end the reading. */
        private boolean take(StoreFile.Entry entry) {
            try {
                SignedRecord record = SignedRecord.decode(entry.record());
                if (hasExpired(record)) {
                    expired++;
                } else {
                    batch.add(new StoredRecord(entry.key(), verifier.verify(record), entry.origin()));
                }
            } catch (CborException | InvalidRecordException notWhatWasWritten) {
                invalid++;
            }
            if (batch.size() == BATCH) {
                hand();
            }
            return !stopped;
        }

        /** Returns whether a record has expired; checked before the signature, which costs more. */
        private boolean hasExpired(SignedRecord record) {
            long now = driver.now().unixSeconds();
            return Long.compareUnsigned(record.timestamp(), now) < 0 && now - record.timestamp() > record.ttl();
        }

        private void hand() {
            List<StoredRecord> ready = List.copyOf(batch);
            batch.clear();
            int taken = driver.ask(core -> core.restore(driver.now(), ready));
            kept += taken;
            refused += ready.size() - taken;
        }
    }

    /** Writes the records of the store; does nothing before all records of the file have been read. */
    public void save() {
        if (!complete) {
            return;
        }
        try {
            file.write(held());
        } catch (IOException e) {
            log.warn("file {} cannot be written: {}", file.path(), OwnerOnlyFile.reason(e));
        }
    }

    /** Returns the records of the store. Takes a few keys at a time, as other threads wait for the core meanwhile. */
    private List<StoreFile.Entry> held() {
        long now = driver.now().unixSeconds();
        List<NodeId> keys = driver.ask(core -> core.store().keyList());
        List<StoreFile.Entry> held = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i += BATCH) {
            List<NodeId> some = keys.subList(i, Math.min(i + BATCH, keys.size()));
            List<StoredRecord> records = driver.ask(core -> some.stream()
                    .flatMap(key -> core.store().at(key, now).stream())
                    .toList());
            records.forEach(record -> held.add(StoreFile.Entry.of(record)));
        }
        return held;
    }

    /** Ends the reading and waits until its thread has ended. */
    public void stop() {
        stopped = true;
        Optional<Thread> thread;
        synchronized (this) {
            thread = reading;
        }
        thread.ifPresent(Threads::joinUninterruptibly);
    }
}
