package io.a2al.dht.files;

import io.a2al.core.api.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The records of a node's store on disk, by number. Numbers from 0 on are those of records held since the archive was
 * opened; records of earlier times have negative ones. {@link #read}, {@link #index} and what it returns may run beside
 * {@link #apply}; otherwise for one thread at a time.
 */
public interface RecordArchive extends AutoCloseable {

    /**
     * Applies changes; they are on the disk when this returns. If it fails, the archive may hold some of them or none,
     * and applying the same again is right.
     *
     * @param changes what is to be kept under each number; empty for what is to be removed
     * @throws IOException if the disk does not take them
     */
    void apply(SequencedMap<Long, Optional<StoredRecord>> changes) throws IOException;

    /**
     * Makes these records the only ones; they are on the disk when this returns.
     *
     * @throws IOException if the disk does not take them
     */
    void replace(SequencedMap<Long, StoredRecord> records) throws IOException;

    /**
     * Passes every undamaged record of earlier times to {@code reader}, oldest first, until it returns false. A damaged
     * file is set aside first, and a new one is begun, in which the records are kept from now on.
     *
     * @return what was found damaged; empty if nothing was
     * @throws IOException if it cannot be read
     */
    Optional<Damage> read(Predicate<ArchivedRecord> reader) throws IOException;

    /**
     * Goes through the records of earlier times once, much quicker than {@link #read}, so that those of a key can be
     * found.
     *
     * @param stopped becomes true to end it early
     * @return empty if it ended early, or if the archive is damaged
     * @throws IOException if it cannot be read
     */
    Optional<ArchiveIndex> index(BooleanSupplier stopped) throws IOException;

    /**
     * What was wrong with an archive.
     *
     * @param description what was found
     * @param setAside where the damaged file is now
     */
    record Damage(String description, Path setAside) {}

    /**
     * Gives back the space of what was removed.
     *
     * @throws IOException if the disk does not take it
     */
    void compact() throws IOException;

    /** Closes the archive; what was applied is on the disk already. */
    @Override
    void close();
}
