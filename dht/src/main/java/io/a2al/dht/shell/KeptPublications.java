package io.a2al.dht.shell;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.KeptPublication.Slot;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TaskKind;
import io.a2al.protocol.id.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The publications that a node resumes when it is started again. Changes are added to the file on a thread of their own
 * as they come; many changes are one write. A failure to read or write is logged and has no other effect. What a change
 * costs does not grow with the number of publications. Thread-safe.
 */
public final class KeptPublications {

    /** After a write, changes wait this long for others, unless something waits for them. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Optional<PublicationFile> file;
    private final Tasks tasks;
    private final RateLimitedLogger log;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Held while the file is written. */
    private final ReentrantLock disk = new ReentrantLock();

    /** Whether the last write failed. */
    private volatile boolean failed;

    /** Whether the file holds something that cannot be read, and so must not be replaced. */
    private volatile boolean unreadable;

    /** Whether the file has to be written as a whole; guarded by {@link #disk}. */
    private boolean incomplete;

    /** What is kept; guarded by the lock, as all that follows. */
    private final KeptEntries entries;

    /** What no write has begun to write. */
    private SequencedMap<Slot, PublicationFile.Change> changes = new LinkedHashMap<>();

    /** What waits until every change so far was written. */
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();

    /** Whether a task writes. */
    private boolean writing;

    /** Whether there are changes that no write has begun to write. */
    private boolean dirty;

    private boolean closed;

    /** A publication among those that are kept. Two of them are different, even if their content is the same. */
    public static final class Entry {

        private final KeptPublication publication;

        private Entry(KeptPublication publication) {
            this.publication = publication;
        }

        /** Returns what is kept. */
        public KeptPublication publication() {
            return publication;
        }
    }

    /**
     * What adding an entry has changed.
     *
     * @param entry the new entry
     * @param replaced the entry that was there before
     * @param written completed, on a thread of its own, once an attempt to write the change has ended, whether or not
     *     it succeeded; completed already if nothing waits for it
     */
    public record Change(Entry entry, Optional<Entry> replaced, CompletableFuture<Void> written) {}

    /**
     * Nothing is read yet.
     *
     * @param file empty if nothing is to be kept
     * @param limit most publications of either kind: renewed, and as they are
     * @param unixSeconds the present time
     */
    public KeptPublications(
            Optional<PublicationFile> file, int limit, LongSupplier unixSeconds, Tasks tasks, RateLimitedLogger log) {
        this.file = file;
        this.entries = new KeptEntries(limit, unixSeconds);
        this.tasks = tasks;
        this.log = log;
    }

    /** Reads the file. */
    public void restore() {
        file.ifPresent(from -> {
            disk.lock();
            try {
                PublicationFile.Content read = from.read();
                lock.lock();
                try {
                    read.publications().forEach(publication -> entries.put(new Entry(publication)));
                    entries.dropExpired();
                } finally {
                    lock.unlock();
                }
                if (read.damaged() > 0) {
                    setAside(from, new DamagedFileException(read.damaged() + " of its lines cannot be read"));
                    incomplete = true;
                    write(List.of(), 0);
                }
            } catch (DamagedFileException e) {
                setAside(from, e);
            } catch (IOException e) {
                unreadable = true;
                log.warn(
                        "file {} cannot be read: {}; publications are not kept until it can be read at a start",
                        from.path(),
                        OwnerOnlyFile.reason(e));
            } finally {
                disk.unlock();
            }
        });
    }

    private void setAside(PublicationFile from, DamagedFileException damage) {
        unreadable = !DamagedFiles.setAside(from.path(), damage, log);
    }

    // ---- what changes -----------------------------------------------------------------------------------------

    /** Returns true if publications are kept in a file. */
    public boolean isKeeping() {
        return file.isPresent();
    }

    /**
     * Adds a publication, in place of an earlier one of the same agent, type and key.
     *
     * @param awaited true if something waits until the change is written
     * @throws RefusedException if nothing is kept, or at the limit
     * @throws NodeClosedException once closed
     */
    public Change put(KeptPublication publication, boolean awaited) {
        if (file.isEmpty()) {
            throw new RefusedException("the node has no file of publications; give its builder publicationsFile(…)");
        }
        lock.lock();
        try {
            if (closed) {
                throw new NodeClosedException();
            }
            Slot slot = publication.slot();
            entries.requireRoom(slot);
            Entry added = new Entry(publication);
            Optional<Entry> replaced = entries.put(added);
            changes.put(slot, new PublicationFile.Change(publication, false));
            CompletableFuture<Void> written = new CompletableFuture<>();
            if (awaited) {
                waiting.add(written);
            } else {
                written.complete(null);
            }
            onChange();
            return new Change(added, replaced, written);
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what {@link #put} has changed, unless it was changed again. */
    public void undo(Change change) {
        replace(change.entry(), change.replaced());
    }

    /** Removes an entry, if it is still there. */
    public void remove(Entry entry) {
        replace(entry, Optional.empty());
    }

    private void replace(Entry entry, Optional<Entry> other) {
        lock.lock();
        try {
            KeptPublication publication = entry.publication();
            Slot slot = publication.slot();
            if (entries.has(entry) && !closed) {
                other.ifPresentOrElse(entries::put, () -> entries.remove(entry));
                changes.put(
                        slot,
                        new PublicationFile.Change(other.map(Entry::publication).orElse(publication), other.isEmpty()));
                onChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes all entries of an address. */
    public void removeAll(Address address) {
        lock.lock();
        try {
            List<Entry> removed = entries.of(address);
            if (!closed && !removed.isEmpty()) {
                for (Entry entry : removed) {
                    entries.remove(entry);
                    changes.put(entry.publication().slot(), new PublicationFile.Change(entry.publication(), true));
                }
                onChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is kept now, without records that have expired. */
    public List<Entry> entries() {
        lock.lock();
        try {
            entries.dropExpired();
            return entries.all();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is kept now of an address, without records that have expired. */
    public List<Entry> entries(Address address) {
        lock.lock();
        try {
            entries.dropExpired();
            return entries.of(address);
        } finally {
            lock.unlock();
        }
    }

    // ---- writing ----------------------------------------------------------------------------------------------

    private void onChange() {
        dirty = true;
        changed.signal();
        if (!writing) {
            writing = true;
            tasks.start(TaskKind.FILES, this::write);
        }
    }

    private void write() {
        do {
            writeChanges();
        } while (hasMore());
    }

    /** Waits for more to write, and returns false if nothing comes; then another task writes what comes later. */
    private boolean hasMore() {
        lock.lock();
        try {
            long left = PAUSE_NANOS;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            writing = dirty && !closed;
            return writing;
        } catch (InterruptedException _) {
            writing = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void writeChanges() {
        disk.lock();
        try {
            List<CompletableFuture<Void>> served;
            SequencedMap<Slot, PublicationFile.Change> made;
            int kept;
            lock.lock();
            try {
                if (!dirty || closed) {
                    return;
                }
                dirty = false;
                served = waiting;
                waiting = new ArrayList<>();
                made = changes;
                changes = new LinkedHashMap<>();
                kept = entries.size();
            } finally {
                lock.unlock();
            }
            try {
                write(made.values(), kept);
            } finally {
                complete(served);
            }
        } finally {
            disk.unlock();
        }
    }

    private void complete(List<CompletableFuture<Void>> served) {
        served.forEach(written -> tasks.start(TaskKind.COMPLETION, () -> written.complete(null)));
    }

    private void write(Collection<PublicationFile.Change> made, int kept) {
        if (file.isEmpty() || unreadable) {
            return;
        }
        PublicationFile to = file.get();
        try {
            if (incomplete || !to.append(made, kept)) {
                incomplete = true;
                to.write(entries().stream().map(Entry::publication).toList());
                incomplete = false;
            }
            failed = false;
        } catch (IOException e) {
            incomplete = true;
            failed = true;
            log.warn(
                    "file {} cannot be written: {}; publications that were to be kept end with the node",
                    to.path(),
                    OwnerOnlyFile.reason(e));
        }
    }

    /** Writes again what could not be written. */
    public void retry() {
        lock.lock();
        try {
            if (failed && !closed) {
                onChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is left, and nothing afterwards, as the file may be that of another node then. */
    public void close() {
        retry();
        disk.lock();
        try {
            NodeFiles.uninterrupted(this::writeChanges);
            end();
        } finally {
            disk.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
            complete(waiting);
            waiting = new ArrayList<>();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
