package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.Threads;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a node's records over a restart (known-defects D-34). They are read on a thread of their own, since each
 * signature is checked again, and given to the store a few at a time; the node works meanwhile. Until all are read,
 * nothing is written. A file that could not be read is left alone, and a damaged one is set aside. What cannot be
 * restored because the clock is wrong stays in the file (a machine without a battery starts in 1970). Thread-safe.
 */
public final class StoreKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);

    private static final int BATCH = 64;

    /** A file that was written this long ago makes the clock doubtful; records are rarely valid for as long. */
    private static final Duration LONG_AGO = Duration.ofDays(30);

    private final CoreDriver driver;
    private final StoreFile file;
    private final Tasks tasks;
    private final RateLimitedLogger log;
    private volatile boolean complete;

    /** Entries of the file that were not restored because of the clock, and stay in it. */
    private volatile List<StoreFile.Entry> waiting = List.of();

    /** Whether the file was written so long before the start that the clock is doubtful. */
    private volatile boolean longAgo;

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
        long written = written();
        longAgo = driver.now().unixSeconds() - written > LONG_AGO.toSeconds();
        Restoration restoration = new Restoration(written);
        try {
            int damaged = file.read(restoration::take);
            if (stopped) {
                return;
            }
            restoration.hand();
            waiting = restoration.waiting();
            complete = true;
            tell(restoration, damaged, begin);
        } catch (DamagedFileException e) {
            complete = DamagedFiles.setAside(file.path(), e, log);
        } catch (IOException e) {
            log.warn(
                    "file {} cannot be read: {}; no records are saved until it can be, or is moved away, and the node"
                            + " starts again",
                    file.path(),
                    OwnerOnlyFile.reason(e));
        }
    }

    private void tell(Restoration restoration, int damaged, long begin) {
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
        Instant now = Instant.ofEpochSecond(driver.now().unixSeconds());
        if (!restoration.future.isEmpty()) {
            log.warn(
                    "the clock says {}, before {} of the records in file {} were made; set the clock if it is wrong",
                    now,
                    restoration.future.size(),
                    file.path());
        }
        if (!restoration.late.isEmpty()) {
            log.warn(
                    "the clock says {}, more than {} days after file {} was written; set the clock if it is wrong, as"
                            + " {} records count as expired, which stay in the file until the next start",
                    now,
                    LONG_AGO.toDays(),
                    file.path(),
                    restoration.expired);
        }
    }

    /** Returns when the file was written, in Unix seconds by the clock of that time; the present if there is none. */
    private long written() {
        try {
            return Files.getLastModifiedTime(file.path()).to(TimeUnit.SECONDS);
        } catch (IOException noFile) {
            return driver.now().unixSeconds();
        }
    }

    /** Verifies entries and hands them to the core. Belongs to one thread. */
    private final class Restoration {

        private final RecordVerifier verifier =
                new RecordVerifier(Ed25519.preferred().newVerifier());
        private final List<StoredRecord> batch = new ArrayList<>(BATCH);
        private final List<StoreFile.Entry> late = new ArrayList<>();
        private final List<Early> future = new ArrayList<>();
        private final long written;
        private int kept;
        private int expired;
        private int invalid;
        private int refused;

        /** Restores from a file that was written at this time, in Unix seconds. */
        Restoration(long written) {
            this.written = written;
        }

        /** Returns false to end the reading. */
        private boolean take(StoreFile.Entry entry) {
            try {
                SignedRecord record = SignedRecord.decode(entry.record());
                long now = driver.now().unixSeconds();
                // Before the signature, which costs more to look at.
                if (Long.compareUnsigned(record.timestamp(), now + VerifiedRecord.CLOCK_TOLERANCE) > 0) {
                    future.add(new Early(entry, record.timestamp()));
                } else if (hasExpired(record, now)) {
                    expired++;
                    if (longAgo) {
                        late.add(entry);
                    }
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
        private static boolean hasExpired(SignedRecord record, long now) {
            return Long.compareUnsigned(record.timestamp(), now) < 0 && now - record.timestamp() > record.ttl();
        }

        private void hand() {
            List<StoredRecord> ready = List.copyOf(batch);
            batch.clear();
            int taken = driver.ask(core -> core.restore(driver.now(), ready));
            kept += taken;
            refused += ready.size() - taken;
        }

        /**
         * Returns the entries that must not be lost although the store does not take them at this time: those of the
         * future, and after a long time the expired ones. A few records of the future among others, made after the file
         * was written, are from a clock that was wrong then, and would stay for ever.
         */
        private List<StoreFile.Entry> waiting() {
            boolean clockIsWrong = future.size() > kept + refused + expired;
            List<StoreFile.Entry> left = new ArrayList<>();
            for (Early early : future) {
                if (clockIsWrong
                        || Long.compareUnsigned(early.timestamp(), written + VerifiedRecord.CLOCK_TOLERANCE) <= 0) {
                    left.add(early.entry());
                }
            }
            left.addAll(late);
            return List.copyOf(left);
        }
    }

    /** An entry whose record was made after the present time of the clock. */
    private record Early(StoreFile.Entry entry, long timestamp) {}

    /**
     * Writes the records of the store and those that wait for a right clock; does nothing before all records of the
     * file have been read.
     */
    public synchronized void save() {
        if (!complete) {
            return;
        }
        try {
            List<StoreFile.Entry> entries = new ArrayList<>(reconsidered());
            entries.addAll(held());
            file.write(entries);
        } catch (IOException e) {
            log.warn("file {} cannot be written: {}", file.path(), OwnerOnlyFile.reason(e));
        }
    }

    /** Hands those of the waiting entries to the core that are valid now, as the clock may have been set. */
    private List<StoreFile.Entry> reconsidered() {
        if (!waiting.isEmpty()) {
            Restoration again = new Restoration(Long.MAX_VALUE - VerifiedRecord.CLOCK_TOLERANCE);
            for (StoreFile.Entry entry : waiting) {
                var _ = again.take(entry);
            }
            again.hand();
            waiting = again.waiting();
        }
        return waiting;
    }

    /** Returns the records of the store. */
    private List<StoreFile.Entry> held() {
        StorePages pages = new StorePages(driver);
        List<StoreFile.Entry> held = new ArrayList<>(pages.keys());
        pages.forEachRemaining(page -> page.forEach(record -> held.add(StoreFile.Entry.of(record))));
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
