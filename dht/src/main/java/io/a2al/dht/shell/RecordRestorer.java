package io.a2al.dht.shell;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Input;
import io.a2al.dht.files.ArchiveIndex;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.Threads;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a node the records back that it held before a restart (known-defects D-34), a few at a time on a thread of its
 * own; the node works meanwhile, and what it is asked for is restored first. An entry that this node wrote is not
 * verified again. What cannot be restored because the clock is wrong stays in the archive (a machine without a battery
 * starts in 1970). Thread-safe.
 */
final class RecordRestorer {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRestorer.class);

    private final CoreDriver driver;
    private final RecordArchive archive;
    private final Path file;
    private final RecordKeeper keeper;
    private final FormerRecords former;
    private final Tasks tasks;
    private final RateLimitedLogger log;
    private final WantedKeys wanted = new WantedKeys();

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

    /**
     * Begins to read.
     *
     * @param handlers makes what takes inputs on the reading thread and carries out their effects
     */
    synchronized void start(Supplier<Consumer<Input>> handlers) {
        former.moveAway();
        if (Files.exists(file)) {
            driver.tell(NodeCore::beginRestore);
        }
        reading = Optional.of(Thread.ofPlatform()
                .name("a2al-restore")
                .daemon()
                .start(() -> tasks.run(TaskKind.FILES, () -> read(handlers))));
    }

    /** The records of this key are to be restored before others. */
    void restoreFirst(NodeId key) {
        wanted.add(key);
    }

    private void read(Supplier<Consumer<Input>> handlers) {
        try {
            try {
                restore(handlers);
            } finally {
                endRestore(handlers);
            }
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

    private void restore(Supplier<Consumer<Input>> handlers) throws IOException {
        long begin = driver.now().nanos();
        long written = written();
        longAgo = driver.now().unixSeconds() - written > Restoration.LONG_AGO.toSeconds();
        Optional<ArchiveIndex> index =
                driver.ask(NodeCore::isRestoring) ? archive.index(() -> stopped) : Optional.empty();
        Restoration restoration = new Restoration(driver, keeper, written, longAgo);
        Consumer<ArchivedRecord> taking = restoration::take;
        if (index.isPresent()) {
            taking = new WantedFirst(wanted, index.get(), restoration, handlers.get())::take;
        } else {
            endRestore(handlers);
        }
        Optional<RecordArchive.Damage> damage = readTo(taking);
        restoration.handAll();
        endRestore(handlers);
        waiting = restoration.waiting();
        damage.ifPresent(found -> {
            log.warn(
                    "file {} is damaged: {}; {} records are read from it, and it is now {}",
                    file,
                    found.description(),
                    restoration.kept(),
                    found.setAside());
            keeper.writeAll();
        });
        tell(restoration, begin);
    }

    private Optional<RecordArchive.Damage> readTo(Consumer<ArchivedRecord> taking) throws IOException {
        return archive.read(entry -> {
            taking.accept(entry);
            return !stopped;
        });
    }

    /** Has everything answered that waits for records. */
    private void endRestore(Supplier<Consumer<Input>> handlers) {
        if (driver.ask(NodeCore::isRestoring)) {
            handlers.get().accept(new Input.RestoreEnded());
        }
    }

    private void tell(Restoration restoration, long begin) {
        if (restoration.invalid() > 0) {
            log.warn("{} records in file {} are damaged and lost", restoration.invalid(), file);
        }
        if (restoration.kept() > 0) {
            LOG.info(
                    "{} records read from file {} within {} ms; {} have expired, {} are not kept any more",
                    restoration.kept(),
                    file,
                    Duration.ofNanos(driver.now().nanos() - begin).toMillis(),
                    restoration.expired(),
                    restoration.refused());
        }
        Instant now = Instant.ofEpochSecond(driver.now().unixSeconds());
        if (restoration.ofTheFuture() > 0) {
            log.warn(
                    "the clock says {}, before {} of the records in file {} were made; set the clock if it is wrong",
                    now,
                    restoration.ofTheFuture(),
                    file);
        }
        if (restoration.hasLate()) {
            log.warn(
                    "the clock says {}, more than {} days after file {} was written; set the clock if it is wrong, as"
                            + " {} records count as expired, which stay in the file until the next start",
                    now,
                    Restoration.LONG_AGO.toDays(),
                    file,
                    restoration.expired());
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
            Restoration again =
                    new Restoration(driver, keeper, Long.MAX_VALUE - VerifiedRecord.CLOCK_TOLERANCE, longAgo);
            waiting.forEach(again::take);
            again.handAll();
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
}
