package io.a2al.dht.files;

import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * What an operator does with the records of a node that is not running: check, compact, take elsewhere. Each operation
 * reports the number of records done so far to an {@link IntConsumer}. Not thread-safe.
 */
public final class RecordFiles {

    /** Records that are written at a time. */
    private static final int BATCH = 4096;

    private final Path file;
    private final IntConsumer progress;
    private final RecordVerifier trusting = RecordVerifier.trusting();
    private final RecordVerifier verifier;

    /** The archive in this file, which need not exist. */
    public RecordFiles(Path file, IntConsumer progress) {
        this.file = file;
        this.progress = progress;
        this.verifier = new RecordVerifier(Ed25519.preferred().newVerifier());
    }

    /**
     * The state of an archive.
     *
     * @param records records that can be read
     * @param lost entries that cannot
     * @param damage what was found damaged; a new file has been made of what could be read
     * @param payloadBytes length of all records
     * @param fileBytes length of the file
     */
    public record Report(
            int records, int lost, Optional<RecordArchive.Damage> damage, long payloadBytes, long fileBytes) {}

    /**
     * Reads everything. A damaged file is set aside, and a new one is made of what could be read.
     *
     * @throws IOException if it cannot be read or written
     */
    public Report check() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(file)) {
            Reading reading = new Reading();
            Optional<RecordArchive.Damage> damage = archive.read(reading::take);
            reading.lost.removeAll(reading.records.keySet());
            if (damage.isPresent() || !reading.lost.isEmpty()) {
                archive.replace(reading.records);
            }
            return new Report(reading.records.size(), reading.lost.size(), damage, reading.bytes(), length());
        }
    }

    private long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * Gives the space back of what was removed.
     *
     * @return the length of the file before and afterwards, in bytes
     * @throws IOException if it cannot be read or written
     */
    public List<Long> compact() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(file)) {
            long before = length();
            archive.compact();
            return List.of(before, length());
        }
    }

    /**
     * Writes all records into a file that must not exist, in the form that {@link #importFrom} reads on any machine.
     *
     * @return how many
     * @throws IOException if one cannot be read or the other not be written
     */
    public int exportTo(Path target) throws IOException {
        Reading reading = new Reading();
        try (RecordArchive archive = new MvRecordArchive(file)) {
            archive.read(reading::take);
        }
        List<StoreFile.Entry> entries = new ArrayList<>(reading.records.size());
        reading.records.values().forEach(record -> entries.add(StoreFile.Entry.of(record)));
        new StoreFile(target).write(entries);
        return entries.size();
    }

    /**
     * Adds the records of a file that {@link #exportTo} wrote. Each is verified; those that are not valid are left out.
     *
     * @return how many were added
     * @throws DamagedFileException if it is not such a file
     * @throws IOException if one cannot be read or the other not be written
     */
    public int importFrom(Path source) throws IOException {
        try (RecordArchive archive = new MvRecordArchive(file)) {
            Adding adding = new Adding(archive);
            new StoreFile(source).read(adding::take);
            adding.finish();
            return adding.added;
        }
    }

    /** Reads an archive. Of a damaged one it meets some entries twice. */
    private final class Reading {

        private final SequencedMap<Long, StoredRecord> records = new LinkedHashMap<>();
        private final Set<Long> lost = new HashSet<>();

        private boolean take(ArchivedRecord entry) {
            try {
                SignedRecord record = SignedRecord.decode(entry.record());
                records.put(
                        entry.number(),
                        new StoredRecord(
                                entry.key(),
                                (entry.isAuthentic() ? trusting : verifier).verify(record),
                                entry.origin()));
                progress.accept(records.size());
            } catch (CborException | InvalidRecordException damaged) {
                lost.add(entry.number());
            }
            return true;
        }

        private long bytes() {
            return records.values().stream()
                    .mapToLong(stored -> stored.record().record().encodedLength())
                    .sum();
        }
    }

    /** Adds records to an archive. */
    private final class Adding {

        private final RecordArchive archive;
        private final SequencedMap<Long, Optional<StoredRecord>> batch = new LinkedHashMap<>();
        private int added;
        private Optional<IOException> failure = Optional.empty();

        Adding(RecordArchive archive) {
            this.archive = archive;
        }

        private boolean take(StoreFile.Entry entry) {
            try {
                batch.put(
                        (long) added,
                        Optional.of(new StoredRecord(
                                entry.key(), verifier.verify(SignedRecord.decode(entry.record())), entry.origin())));
                added++;
                progress.accept(added);
            } catch (CborException | InvalidRecordException notValid) {
                return true;
            }
            if (batch.size() == BATCH) {
                write();
            }
            return failure.isEmpty();
        }

        private void write() {
            try {
                archive.apply(batch);
                batch.clear();
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }

        void finish() throws IOException {
            write();
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
