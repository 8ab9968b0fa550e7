package io.a2al.dht.shell;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.SequenceFile;
import io.a2al.dht.logging.RateLimitedLogger;
import java.io.IOException;
import java.util.Optional;

/**
 * The sequence numbers of a publisher's records, each greater than all before, also across restarts where there is a
 * file. They follow the clock, so that a publisher without its file is ahead of its earlier records all the same.
 * Thread-safe.
 */
public final class SequenceNumbers {

    /** How far the bound on disk is ahead; a publisher that signs once a second writes once in ten minutes. */
    private static final long AHEAD = 600;

    private final Optional<SequenceFile> file;
    private final RateLimitedLogger log;
    private long last;
    private long bound;

    /** Continues behind the bound in the file. */
    public SequenceNumbers(Optional<SequenceFile> file, RateLimitedLogger log) {
        this.file = file;
        this.log = log;
        file.ifPresent(this::read);
    }

    private void read(SequenceFile from) {
        try {
            last = from.read();
            bound = last;
        } catch (DamagedFileException e) {
            var _ = DamagedFiles.setAside(from.path(), e, log);
        } catch (IOException e) {
            log.warn(
                    "file {} cannot be read: {}; records are numbered by the clock",
                    from.path(),
                    OwnerOnlyFile.reason(e));
        }
    }

    /** Returns the next number: the time in Unix seconds, or more; a bound above it is on the disk before. */
    public synchronized long next(long unixSeconds) {
        last = Math.max(last + 1, unixSeconds);
        if (last > bound) {
            file.ifPresent(this::write);
        }
        return last;
    }

    private void write(SequenceFile to) {
        try {
            to.write(last + AHEAD);
            bound = last + AHEAD;
        } catch (IOException e) {
            log.warn(
                    "file {} cannot be written: {}; after a restart, records are numbered by the clock",
                    to.path(),
                    OwnerOnlyFile.reason(e));
        }
    }
}
