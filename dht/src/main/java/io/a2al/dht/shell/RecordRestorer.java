package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordArchive;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a node the records back that it held before a restart (known-defects D-34), a few at a time on a thread of its
 * own; the node works meanwhile. An entry that this node wrote is not verified again. What cannot be restored because
 * the clock is wrong stays in the archive (a machine without a battery starts in 1970). Thread-safe.
 */
final class RecordRestorer {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRestorer.class);

    private static final int BATCH = 64;

    /** A file that was written this long ago makes the clock doubtful; records are rarely valid for as long. */
    private static final Duration LONG_AGO = Duration.ofDays(30);

    private final CoreDriver driver;
    private final RecordArchive archive;
    private final Path file;
    private final RecordKeeper keeper;
    private final FormerRecords former;
    private final Tasks tasks;
    private final RateLimitedLogger log;

    /** Entries that were not restored because of the clock, and stay in the archive. */
    private volatile List<ArchivedRecord> waiting = List.of();

    /** Whether the file was written so long before the start that the clock is doubtful. */
    private volatile boolean longAgo;

    private volatile boolean stopped;
    private Optional<Thread> reading = Optional.empty();

    /** Reads nothing yet. */
    RecordRestorer(
            CoreDriver driver,
            RecordArchive archive,
            Path file,
            RecordKeeper keeper,
            Tasks tasks,
            RateLimitedLogger log) {
        this.driver = driver;
        this.archive = archive;
        this.file = file;
        this.keeper = keeper;
        this.former = new FormerRecords(file, driver, log);
        this.tasks = tasks;
        this.log = log;
    }

    /** Begins to read, and to write once the archive is open. */
    synchronized void start() {
        former.moveAway();
        reading = Optional.of(
                Thread.ofPlatform().name("a2al-restore").daemon().start(() -> tasks.run(TaskKind.FILES, this::read)));
    }

    private void read() {
        long begin = driver.now().nanos();
        long written = written();
        longAgo = driver.now().unixSeconds() - written > LONG_AGO.toSeconds();
        Restoration restoration = new Restoration(written);
        try {
            Optional<RecordArchive.Damage> damage = archive.read(restoration::take);
            restoration.end();
            waiting = restoration.waiting();
            damage.ifPresent(found -> {
                log.warn(
                        "file {} is damaged: {}; {} records are read from it, and it is now {}",
                        file,
                        found.description(),
                        restoration.kept,
                        found.setAside());
                keeper.writeAll();
            });
            tell(restoration, begin);
            if (!stopped && former.adopt() && keeper.flush()) {
                former.delete();
            }
        } catch (IOException e) {
            log.warn(
                    "file {} cannot be read: {}; its records are not served until it can be, and the node starts again",
                    file,
                    OwnerOnlyFile.reason(e));
        }
    }

    private void tell(Restoration restoration, long begin) {
        if (!restoration.invalid.isEmpty()) {
            log.warn("{} records in file {} are damaged and lost", restoration.invalid.size(), file);
        }
        if (restoration.kept > 0) {
            LOG.info(
                    "{} records read from file {} within {} ms; {} have expired, {} are not kept any more",
                    restoration.kept,
                    file,
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
                    file);
        }
        if (!restoration.late.isEmpty()) {
            log.warn(
                    "the clock says {}, more than {} days after file {} was written; set the clock if it is wrong, as"
                            + " {} records count as expired, which stay in the file until the next start",
                    now,
                    LONG_AGO.toDays(),
                    file,
                    restoration.expired);
        }
    }

    /** Returns when the file was written, in Unix seconds by the clock of that time; the present if there is none. */
    private long written() {
        try {
            return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
        } catch (IOException noFile) {
            return driver.now().unixSeconds();
        }
    }

    /** Hands those of the waiting entries to the core that are valid now, as the clock may have been set. */
    synchronized void reconsider() {
        if (!waiting.isEmpty()) {
            Restoration again = new Restoration(Long.MAX_VALUE - VerifiedRecord.CLOCK_TOLERANCE);
            waiting.forEach(again::take);
            again.end();
            waiting = again.waiting();
        }
    }

    /** Ends the reading and waits until its thread has ended. */
    void stop() {
        stopped = true;
        Optional<Thread> thread;
        synchronized (this) {
            thread = reading;
        }
        thread.ifPresent(Threads::joinUninterruptibly);
    }

    /**
     * Hands entries to the core, on another thread than the one that reads, decodes and verifies the next ones. Belongs
     * to one thread.
     */
    private final class Restoration {

        private final RecordVerifier verifier =
                new RecordVerifier(Ed25519.preferred().newVerifier());
        private final RecordVerifier trusting = RecordVerifier.trusting();
        private SequencedMap<Long, StoredRecord> batch = new LinkedHashMap<>();
        private CompletableFuture<Void> handing = CompletableFuture.completedFuture(null);
        private final List<ArchivedRecord> late = new ArrayList<>();
        private final List<Early> future = new ArrayList<>();
        private final long written;
        private int kept;
        private int expired;
        private final Set<Long> invalid = new HashSet<>();
        private int refused;

        /** Restores from a file that was written at this time, in Unix seconds. */
        Restoration(long written) {
            this.written = written;
        }

        /** Returns false to end the reading. */
        private boolean take(ArchivedRecord entry) {
            try {
                SignedRecord record = SignedRecord.decode(entry.record());
                long now = driver.now().unixSeconds();
                if (Long.compareUnsigned(record.timestamp(), now + VerifiedRecord.CLOCK_TOLERANCE) > 0) {
                    future.add(new Early(entry, record.timestamp()));
                } else if (hasExpired(record, now)) {
                    onExpired(entry);
                } else {
                    VerifiedRecord verified = (entry.isAuthentic() ? trusting : verifier).verify(record);
                    batch.put(entry.number(), new StoredRecord(entry.key(), verified, entry.origin()));
                }
            } catch (CborException | InvalidRecordException damaged) {
                invalid.add(entry.number());
                keeper.forget(entry.number());
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

        private void onExpired(ArchivedRecord entry) {
            expired++;
            if (longAgo) {
                late.add(entry);
            } else {
                keeper.forget(entry.number());
            }
        }

        private void hand() {
            handing.join();
            SequencedMap<Long, StoredRecord> next = batch;
            batch = new LinkedHashMap<>();
            handing = CompletableFuture.runAsync(() -> restore(next), Thread::startVirtualThread);
        }

        private void restore(SequencedMap<Long, StoredRecord> some) {
            Set<Long> held = driver.ask(core -> core.restore(driver.now(), some));
            kept += held.size();
            some.keySet().stream().filter(number -> !held.contains(number)).forEach(number -> {
                refused++;
                keeper.forget(number);
            });
        }

        /** Hands over what is left and waits until the core has it. */
        private void end() {
            hand();
            handing.join();
        }

        /**
         * Returns the entries that must not be lost although the store does not take them at this time: those of the
         * future, and after a long time the expired ones. A few records of the future among others, made after the file
         * was written, are from a clock that was wrong then, and would stay for ever.
         */
        private List<ArchivedRecord> waiting() {
            boolean clockIsWrong = future.size() > kept + refused + expired;
            List<ArchivedRecord> left = new ArrayList<>(late);
            for (Early early : future) {
                if (clockIsWrong
                        || Long.compareUnsigned(early.timestamp(), written + VerifiedRecord.CLOCK_TOLERANCE) <= 0) {
                    left.add(early.entry());
                } else {
                    keeper.forget(early.entry().number());
                }
            }
            return List.copyOf(left);
        }
    }

    /** An entry whose record was made after the present time of the clock. */
    private record Early(ArchivedRecord entry, long timestamp) {}
}
