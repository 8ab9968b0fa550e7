package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps a node's records on disk as they change, on a thread of its own: a thread that receives only notes a change
 * here. Many changes are one write. Where the disk refuses, is full or slow, changes wait in memory and are written
 * when the disk takes them; beyond a limit they are dropped, and everything that the store holds is written instead.
 * Thread-safe.
 */
public final class RecordKeeper {

    /** Changes wait for others this long; with the write itself they are on the disk well within a second. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** After a failed write, the pause doubles up to this. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Changes that wait at most; more than a full store of the default limits would cause at once. */
    private static final int MAX_CHANGES = 500_000;

    /** Answers that wait for the disk at most; later ones are dropped, so that their askers store elsewhere. */
    private static final int MAX_WAITING = 10_000;

    private final RecordArchive archive;
    private final Supplier<SequencedMap<Long, StoredRecord>> held;
    private final boolean strict;
    private final Tasks tasks;
    private final LongSupplier nanos;
    private final RateLimitedLogger log;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What is to be written; guarded by the lock. */
    private SequencedMap<Long, Optional<StoredRecord>> changes = new LinkedHashMap<>();

    /** What waits until everything noted so far is on the disk; guarded by the lock. */
    private List<Runnable> waiting = new ArrayList<>();

    /** The highest number of a record that was handed to the archive; later ones cannot be there yet. */
    private long highestTaken = -1;

    /** Whether everything is to be written anew, instead of changes. */
    private boolean all;

    /** Since when the oldest change waits that no write has begun with. */
    private long waitingSince;

    /** The same of the write under way; empty if it has none. */
    private OptionalLong writingSince = OptionalLong.empty();

    private boolean closed;
    private boolean failing;
    private boolean writing;
    private long written;
    private long failures;
    private Optional<Thread> writer = Optional.empty();

    /** Held while the archive is written. */
    private final ReentrantLock disk = new ReentrantLock();

    /**
     * Writes nothing yet.
     *
     * @param held returns everything that the store holds, by its numbers
     * @param strict true if each change is to be written at once, because answers wait for it
     * @param nanos a monotonic clock, in nanoseconds
     */
    public RecordKeeper(
            RecordArchive archive,
            Supplier<SequencedMap<Long, StoredRecord>> held,
            boolean strict,
            Tasks tasks,
            LongSupplier nanos,
            RateLimitedLogger log) {
        this.archive = archive;
        this.held = held;
        this.strict = strict;
        this.tasks = tasks;
        this.nanos = nanos;
        this.log = log;
    }

    /** Begins to write. */
    public synchronized void start() {
        writer = Optional.of(
                Thread.ofPlatform().name("a2al-disk").daemon().start(() -> tasks.run(TaskKind.FILES, this::write)));
    }

    // ---- what changes -----------------------------------------------------------------------------------------

    /** A record is to be kept under this number, which is new. */
    public void persist(long number, StoredRecord record) {
        note(number, Optional.of(record));
    }

    /** What was kept under this number is to be removed. */
    public void forget(long number) {
        lock.lock();
        try {
            // A record that came and went between two writes is never written.
            if (number <= highestTaken || changes.remove(number) == null) {
                note(number, Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    private void note(long number, Optional<StoredRecord> change) {
        lock.lock();
        try {
            boolean first = changes.isEmpty();
            noteTime();
            changes.putLast(number, change);
            if (changes.size() > MAX_CHANGES) {
                changes = new LinkedHashMap<>();
                all = true;
            }
            if (first) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void noteTime() {
        if (!all && changes.isEmpty()) {
            waitingSince = nanos.getAsLong();
        }
    }

    /** Has everything that the store holds written, in place of what is in the archive. */
    public void writeAll() {
        lock.lock();
        try {
            noteTime();
            all = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs something once every change noted so far is on the disk: at once where nothing waits to be written, else on
     * the writing thread. Never runs it where too much waits for the disk already.
     */
    public void whenWritten(Runnable then) {
        lock.lock();
        try {
            if (strict && (hasWork() || writing)) {
                if (waiting.size() < MAX_WAITING) {
                    waiting.add(then);
                    changed.signal();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    // ---- writing ----------------------------------------------------------------------------------------------

    private boolean hasWork() {
        return all || !changes.isEmpty() || !waiting.isEmpty();
    }

    private void write() {
        long pause = strict ? 0 : PAUSE_NANOS;
        while (awaitChanges(pause)) {
            if (flush()) {
                pause = strict ? 0 : PAUSE_NANOS;
            } else {
                pause = Math.min(Math.max(2 * pause, PAUSE_NANOS), LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** Waits for a change, and then for others; returns false once closed. */
    private boolean awaitChanges(long pause) {
        lock.lock();
        try {
            while (!closed && !hasWork()) {
                changed.await();
            }
            long left = pause;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException unexpected) {
            // Nothing interrupts the writing thread.
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Writes all changes noted so far; returns false if the disk refused them, and they still wait. */
    public boolean flush() {
        disk.lock();
        try {
            Work work = take();
            try {
                if (work.all()) {
                    archive.replace(held.get());
                } else if (!work.changes().isEmpty()) {
                    archive.apply(work.changes());
                }
            } catch (IOException e) {
                putBack(work);
                onFailure(OwnerOnlyFile.reason(e));
                return false;
            } catch (RuntimeException e) {
                // A defect must not end the thread, or records would silently be kept no longer.
                putBack(work);
                tasks.onFailure(TaskKind.FILES, e);
                onFailure(e.toString());
                return false;
            }
            onWritten(work.changes().size());
            work.then().forEach(each -> tasks.run(TaskKind.FILES, each));
            return true;
        } finally {
            disk.unlock();
        }
    }

    /** What one write does, and what waits for it. */
    private record Work(boolean all, SequencedMap<Long, Optional<StoredRecord>> changes, List<Runnable> then) {

        private boolean hasChanges() {
            return all || !changes.isEmpty();
        }
    }

    private Work take() {
        lock.lock();
        try {
            Work work = new Work(all, changes, waiting);
            highestTaken = all ? Long.MAX_VALUE : changes.keySet().stream().reduce(highestTaken, Math::max);
            all = false;
            changes = new LinkedHashMap<>();
            waiting = new ArrayList<>();
            writing = true;
            writingSince = work.hasChanges() ? OptionalLong.of(waitingSince) : OptionalLong.empty();
            return work;
        } finally {
            lock.unlock();
        }
    }

    /** Later changes of the same records replace those that are put back. */
    private void putBack(Work work) {
        lock.lock();
        try {
            changes.forEach(work.changes()::putLast);
            changes = work.changes();
            all |= work.all();
            work.then().addAll(waiting);
            waiting = work.then();
            writing = false;
            waitingSince = writingSince.orElse(waitingSince);
            writingSince = OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    private void onFailure(String reason) {
        lock.lock();
        try {
            failures++;
            failing = true;
        } finally {
            lock.unlock();
        }
        log.warn(
                "records cannot be written: {}; the node goes on without, and writes them when the disk takes them",
                reason);
    }

    private void onWritten(int count) {
        lock.lock();
        try {
            written += count;
            failing = false;
            writing = false;
            writingSince = OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many changes wait, were written and failed. */
    public DiskStatistics statistics() {
        lock.lock();
        try {
            return new DiskStatistics(changes.size(), lagNanos(), written, failures, failing);
        } finally {
            lock.unlock();
        }
    }

    private long lagNanos() {
        boolean waits = all || !changes.isEmpty();
        return waits || writingSince.isPresent() ? nanos.getAsLong() - writingSince.orElse(waitingSince) : 0;
    }

    /** Writes what is left and closes the archive. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Optional<Thread> thread;
        synchronized (this) {
            thread = writer;
        }
        thread.ifPresent(Threads::joinUninterruptibly);
        var _ = flush();
        archive.close();
    }
}
