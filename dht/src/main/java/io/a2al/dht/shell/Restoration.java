package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Hands entries of an archive to the core, a few at a time, on another thread than the one that reads, decodes and
 * verifies the next ones. Belongs to one thread.
 */
final class Restoration {

    /** Entries that are handed over in one turn of the core, as other threads wait for it meanwhile. */
    static final int BATCH = 64;

    /** A file that was written this long ago makes the clock doubtful; records are rarely valid for as long. */
    static final Duration LONG_AGO = Duration.ofDays(30);

    private final CoreDriver driver;
    private final RecordKeeper keeper;
    private final long written;
    private final boolean isLongAgo;
    private final RecordVerifier verifier =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private final RecordVerifier trusting = RecordVerifier.trusting();
    private SequencedMap<Long, StoredRecord> batch = new LinkedHashMap<>();
    private CompletableFuture<Void> handing = CompletableFuture.completedFuture(null);
    private final List<ArchivedRecord> late = new ArrayList<>();
    private final List<Early> future = new ArrayList<>();
    private final Set<Long> invalid = new HashSet<>();
    private int kept;
    private int expired;
    private int refused;

    /** An entry whose record was made after the present time of the clock. */
    private record Early(ArchivedRecord entry, long timestamp) {}

    /**
     * Restores from a file.
     *
     * @param written when it was written, in Unix seconds
     * @param isLongAgo whether that is so long ago that the clock is doubtful
     */
    Restoration(CoreDriver driver, RecordKeeper keeper, long written, boolean isLongAgo) {
        this.driver = driver;
        this.keeper = keeper;
        this.written = written;
        this.isLongAgo = isLongAgo;
    }

    /** Takes an entry; the core has it after the next call of {@link #handAll}, or later. */
    void take(ArchivedRecord entry) {
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
    }

    /** Returns whether a record has expired; checked before the signature, which costs more. */
    private static boolean hasExpired(SignedRecord record, long now) {
        return Long.compareUnsigned(record.timestamp(), now) < 0 && now - record.timestamp() > record.ttl();
    }

    private void onExpired(ArchivedRecord entry) {
        expired++;
        if (isLongAgo) {
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

    /** Hands over what was taken so far, and waits until the core has it. */
    void handAll() {
        hand();
        handing.join();
    }

    /** Returns how many records the core holds. Like what follows, right once {@link #handAll} has returned. */
    int kept() {
        return kept;
    }

    /** Returns how many records have expired. */
    int expired() {
        return expired;
    }

    /** Returns how many records the core did not take. */
    int refused() {
        return refused;
    }

    /** Returns how many entries are damaged. */
    int invalid() {
        return invalid.size();
    }

    /** Returns how many records were made after the present time of the clock. */
    int ofTheFuture() {
        return future.size();
    }

    /** Returns whether there are records that have expired only if the clock is right. */
    boolean hasLate() {
        return !late.isEmpty();
    }

    /**
     * Returns the entries that must not be lost although the store does not take them at this time: those of the
     * future, and after a long time the expired ones. A few records of the future among others, made after the file was
     * written, are from a clock that was wrong then, and would stay for ever.
     */
    List<ArchivedRecord> waiting() {
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
