package io.a2al.dht.shell;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which notes listeners were given, kept across a restart where there is a file. The file is written on a thread of its
 * own as soon as a note was given, and at most four times a second. A failure to write it is logged, and the next note
 * or {@link #close} tries again. Thread-safe.
 */
public final class MailKeeper {

    /** Between two times of writing, so that much mail does not keep the disk busy; far less than a second. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Optional<DeliveredMail> file;
    private final TimeSource time;
    private final Tasks tasks;
    private final RateLimitedLogger log;

    /** Guards the file from two threads that write it; taken before the lock of this object. */
    private final Object disk = new Object();

    private boolean marked;
    private boolean writing;
    private boolean closed;

    /** Reads the file; a damaged one is set aside. */
    public MailKeeper(Optional<DeliveredMail> file, TimeSource time, Tasks tasks, RateLimitedLogger log) {
        this.file = file;
        this.time = time;
        this.tasks = tasks;
        this.log = log;
        file.ifPresent(this::read);
    }

    private void read(DeliveredMail from) {
        try {
            from.read();
        } catch (DamagedFileException e) {
            var _ = DamagedFiles.setAside(from.path(), e, log);
        } catch (IOException e) {
            log.warn("file {} cannot be read: {}; mail may be delivered again", from.path(), OwnerOnlyFile.reason(e));
        }
    }

    /** Returns the keys of the notes that an agent was given; none without a file. */
    public Set<Bytes> deliveredTo(Address agent) {
        return file.map(delivered -> delivered.of(agent)).orElse(Set.of());
    }

    /** Notes that an agent was given a note, which this record held. */
    public void mark(Address agent, Bytes key, SignedRecord record) {
        mark(agent, key, DeliveredMail.endOf(record));
    }

    /** The same, to be known until this Unix second. */
    public void mark(Address agent, Bytes key, long expires) {
        file.ifPresent(delivered -> {
            delivered.mark(agent, key, expires);
            if (beginWriting()) {
                tasks.start(TaskKind.FILES, this::writeUntilDone);
            }
        });
    }

    /** Returns whether a thread is to be started, as none writes. */
    private synchronized boolean beginWriting() {
        marked = true;
        boolean begins = !writing && !closed;
        writing = writing || begins;
        return begins;
    }

    private void writeUntilDone() {
        while (isToBeWritten()) {
            synchronized (disk) {
                if (!isClosed()) {
                    write();
                }
            }
            pause();
        }
    }

    private synchronized boolean isToBeWritten() {
        writing = marked && !closed;
        marked = false;
        return writing;
    }

    private synchronized void pause() {
        long end = System.nanoTime() + PAUSE.toNanos();
        try {
            for (long left = PAUSE.toMillis(); left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException unexpected) {
            // No task is interrupted; the only loss is the rest of the pause.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void write() {
        file.ifPresent(delivered -> {
            try {
                delivered.write(time.now().unixSeconds());
            } catch (IOException e) {
                log.warn(
                        "file {} cannot be written: {}; after a restart, mail may be delivered again",
                        delivered.path(),
                        OwnerOnlyFile.reason(e));
            }
        });
    }

    /** Writes for the last time. What is marked later is not kept, as the file may be another node's then. */
    public void close() {
        synchronized (disk) {
            if (isClosed()) {
                return;
            }
            NodeFiles.uninterrupted(this::write);
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }
    }
}
