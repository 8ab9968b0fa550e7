package io.a2al.sim.world;

import io.a2al.core.NodeCore;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.time.ShellTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The records that a node has on disk, written as the shell of production writes them with the durability of a second:
 * changes wait for others for a quarter of a second, and are one write then. Holds references to the records of the
 * store. Times are those of the node's monotonic clock in nanoseconds. Not thread-safe.
 */
final class NodeDisk {

    /** Changes wait for others this long, as in production. */
    static final long PAUSE = Duration.ofMillis(250).toNanos();

    /** Records by the numbers of the disk, which grow from start to start; the oldest first. */
    private final SequencedMap<Long, StoredRecord> written = new LinkedHashMap<>(4);

    /** Changes that wait to be written; empty for a record that is to be removed. */
    private final SequencedMap<Long, Optional<StoredRecord>> waiting = new LinkedHashMap<>(4);

    /** When the waiting changes are written. */
    private long due;

    /** The number on the disk of the first record since the start. */
    private long base;

    void persist(long number, StoredRecord record, long now) {
        writeDue(now);
        note(base + number, Optional.of(record), now);
    }

    void forget(long number, long now) {
        writeDue(now);
        boolean neverWritten = waiting.remove(base + number) != null && !written.containsKey(base + number);
        if (!neverWritten) {
            note(base + number, Optional.empty(), now);
        }
    }

    private void note(long number, Optional<StoredRecord> change, long now) {
        if (waiting.isEmpty()) {
            due = now + PAUSE;
        }
        waiting.putLast(number, change);
    }

    private void writeDue(long now) {
        if (now >= due) {
            write();
        }
    }

    /** Writes all that waits, as a node does that is shut down. */
    void write() {
        waiting.forEach((number, change) ->
                change.ifPresentOrElse(record -> written.put(number, record), () -> written.remove(number)));
        waiting.clear();
    }

    /** Loses what was not yet to be written at {@code now}. */
    void crash(long now) {
        writeDue(now);
        waiting.clear();
    }

    /**
     * Gives a new core the records back; what it does not take is removed. Those of the future stay, as their time may
     * come.
     */
    void restoreTo(NodeCore core, ShellTime now) {
        base = written.isEmpty() ? 0 : written.lastEntry().getKey() + 1;
        SequencedMap<Long, StoredRecord> records = new LinkedHashMap<>();
        List<Long> gone = new ArrayList<>();
        written.forEach((number, stored) -> {
            switch (stored.record().validityAt(now.unixSeconds())) {
                case FUTURE -> {}
                case EXPIRED -> gone.add(number - base);
                case VALID -> records.put(number - base, stored);
            }
        });
        Set<Long> held = core.restore(now, records);
        records.keySet().stream().filter(number -> !held.contains(number)).forEach(gone::add);
        gone.forEach(number -> forget(number, now.nanos()));
    }
}
