package io.a2al.dht.files;

import io.a2al.core.api.StoredRecord;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * An archive in a file of H2's MVStore, an append-only B-tree (docs/decisions/storage.md). Hazards and the answers to
 * them:
 *
 * <ul>
 *   <li><b>A crash at any instant.</b> A commit writes a new chunk behind the others and changes nothing before it, so
 *     that the last whole chunk is what the next start finds.
 *   <li><b>Random writes.</b> Numbers grow, so that records are appended to the last page of the tree.
 *   <li><b>Damage.</b> Pages are read one by one. If one cannot be read, the whole file is searched for entries, which
 *     carry a mark and a code of their own, and a new file is begun. Where the newest chunks are damaged, the engine
 *     opens an older version without a word; so the version is noted in a file of its own after each commit.
 *   <li><b>A failed write.</b> The engine closes itself then; the next change opens the file again as of its last
 *     commit.
 * </ul>
 *
 * {@link #read}, {@link #index} and what it returns may run beside {@link #apply}; otherwise for one thread at a time.
 */
public final class MvRecordArchive implements RecordArchive {

    private static final String MAP = "records";
    private static final String SECRET_SUFFIX = ".secret";
    private static final String VERSION_SUFFIX = ".version";
    private static final String COMPACT_SUFFIX = ".compact";

    /**
     * Memory for pages that were read, in MiB: none. Nearly all are read once, at the start or when the oldest records
     * are removed, and the collector would copy whatever the cache has, again and again.
     */
    private static final int CACHE_MIB = 0;

    /** The engine keeps its head twice, in a block each; records come after that. */
    private static final long HEAD_LENGTH = 2 * 4096;

    /**
     * Every so many commits, chunks are rewritten of which less than this share, in percent, is in use; of each, at
     * most this many bytes.
     */
    private static final int COMMITS_PER_CLEANING = 60;

    private static final int FILL_PERCENT = 70;
    private static final int CLEANING_BYTES = 4 << 20;

    /** Numbers of records held from now on begin here if those of earlier times are not known; far beyond them. */
    private static final long UNKNOWN_BASE = 1L << 62;

    /** An older version of the file is without fewer records than this; they are found in what is damaged. */
    private static final long MAX_MISSING = 1L << 40;

    private final Path file;
    private final String name;

    /** Made when the file is first opened. */
    private Optional<byte[]> secret = Optional.empty();

    /** Number in the file of the record with number 0. */
    private long base = -1;

    private Optional<MVStore> store = Optional.empty();

    /** Where a file is now that could not be opened, and whose entries have not been read yet. */
    private Optional<Path> setAside = Optional.empty();

    private final VersionFile version;

    /** Whether the engine opened an older version than was committed last. */
    private boolean isOutdated;

    /**
     * Whether forcing the file failed. What was to be forced is then perhaps never written, although it is read back
     * until the system stops, so that nothing may be built on it: all is copied into a new file.
     */
    private boolean forceFailed;

    private long commits;

    /**
     * An archive in this file, which need not exist. Its secret is in a file beside it, which is made if it does not
     * exist. Nothing is opened yet.
     */
    public MvRecordArchive(Path file) {
        this(file, file.toString());
    }

    /** For tests: {@code name} may put a file system of the engine's in front of the path. */
    MvRecordArchive(Path file, String name) {
        this.file = file;
        this.name = name;
        this.version = new VersionFile(file.resolveSibling(file.getFileName() + VERSION_SUFFIX));
    }

    /** Returns whether a file that begins with these bytes is one of the engine. */
    static boolean isHead(byte[] head) {
        return new String(head, StandardCharsets.US_ASCII).startsWith("H:");
    }

    /** Returns a codec of the calling thread's own. */
    private synchronized ArchiveEntries entries() throws IOException {
        if (secret.isEmpty()) {
            secret = Optional.of(readSecret(file.resolveSibling(file.getFileName() + SECRET_SUFFIX)));
        }
        return new ArchiveEntries(secret.get());
    }

    private static byte[] readSecret(Path path) throws IOException {
        try {
            byte[] secret = OwnerOnlyFile.read(path);
            if (secret.length == ArchiveEntries.SECRET_LENGTH) {
                return secret;
            }
            // Entries under a damaged secret are verified by their signatures.
            Files.delete(path);
        } catch (NoSuchFileException first) {
            // Made below.
        }
        byte[] secret = new byte[ArchiveEntries.SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        OwnerOnlyFile.create(path, secret);
        return secret;
    }

    private synchronized MVMap<Long, byte[]> map() throws IOException {
        if (store.isEmpty() || store.get().isClosed()) {
            store = Optional.of(open());
        }
        return store.get().openMap(MAP, types());
    }

    /** Opens the file. One that the engine cannot open is set aside, and a new one is begun. */
    private MVStore open() throws IOException {
        createForOwnerOnly();
        try {
            return tryOpen();
        } catch (RuntimeException e) {
            // The engine throws many kinds of exceptions where it meets other bytes than it wrote.
            if (isOfDisk(e)) {
                throw new IOException(reason(e), e);
            }
        }
        if (isEmpty(file)) {
            Files.delete(file);
        } else {
            base = base < 0 ? UNKNOWN_BASE : base;
            setAside = Optional.of(OwnerOnlyFile.setAside(file));
        }
        createForOwnerOnly();
        try {
            return tryOpen();
        } catch (RuntimeException e) {
            throw new IOException(reason(e), e);
        }
    }

    /** Returns whether a file is one of the engine without a record, as a crash leaves it while it is made. */
    private static boolean isEmpty(Path file) throws IOException {
        return Files.size(file) <= HEAD_LENGTH && isHead(Files.readAllBytes(file));
    }

    private MVStore tryOpen() {
        MVStore opened = builder(name).open();
        boolean whole = false;
        try {
            Long last = opened.openMap(MAP, types()).lastKey();
            isOutdated = opened.getCurrentVersion() < version.read();
            if (base < 0) {
                base = (last == null ? 0 : last + 1) + (isOutdated ? MAX_MISSING : 0);
            }
            whole = true;
            return opened;
        } finally {
            if (!whole) {
                opened.closeImmediately();
            }
        }
    }

    /** Returns whether the disk is the reason of a failure, or another process, and not the content of the file. */
    private static boolean isOfDisk(RuntimeException failure) {
        boolean locked =
                failure instanceof MVStoreException known && known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
        return locked || (failure.getCause() instanceof IOException cause && !(cause instanceof EOFException));
    }

    private static MVStore.Builder builder(String name) {
        return new MVStore.Builder().fileName(name).autoCommitDisabled().cacheSize(CACHE_MIB);
    }

    private static MVMap.Builder<Long, byte[]> types() {
        return new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);
    }

    /** The engine would give a new file the permissions of the process. */
    private void createForOwnerOnly() throws IOException {
        if (!Files.exists(file)) {
            version.delete();
            OwnerOnlyFile.create(file, new byte[0]);
        }
    }

    @Override
    public void apply(SequencedMap<Long, Optional<StoredRecord>> changes) throws IOException {
        ArchiveEntries entries = entries();
        change(map -> changes.forEach((number, record) -> {
            if (record.isPresent()) {
                map.put(base + number, entries.encode(base + number, record.get()));
            } else {
                map.remove(base + number);
            }
        }));
    }

    @Override
    public void replace(SequencedMap<Long, StoredRecord> records) throws IOException {
        ArchiveEntries entries = entries();
        change(map -> {
            map.clear();
            records.forEach((number, record) -> map.put(base + number, entries.encode(base + number, record)));
        });
    }

    /** Makes changes, and returns when they are on the disk. */
    private void change(Consumer<MVMap<Long, byte[]>> changes) throws IOException {
        if (forceFailed) {
            compact();
        }
        MVMap<Long, byte[]> map = map();
        try {
            changes.accept(map);
            MVStore open = store.orElseThrow();
            open.commit();
            forceFailed = true;
            open.sync();
            forceFailed = false;
            version.write(open.getCurrentVersion());
            if (++commits % COMMITS_PER_CLEANING == 0) {
                open.compact(FILL_PERCENT, CLEANING_BYTES);
            }
        } catch (RuntimeException e) {
            abandon();
            throw new IOException(reason(e), e);
        }
    }

    /** The engine wraps what the file system said. */
    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause instanceof IOException io ? OwnerOnlyFile.reason(io) : String.valueOf(failure.getMessage());
    }

    /** Closes without writing, so that the next use begins with the last commit. */
    private synchronized void abandon() {
        store.ifPresent(MVStore::closeImmediately);
        store = Optional.empty();
    }

    @Override
    public Optional<Damage> read(Predicate<ArchivedRecord> reader) throws IOException {
        Walk walk = new Walk(reader, entries());
        MVMap<Long, byte[]> map = map();
        boolean outdated = isOutdated;
        int damaged = walk.damaged(LeafPages.read(map.getRootPage(), walk::pass));
        if (setAside.isEmpty() && damaged == 0 && !outdated) {
            return Optional.empty();
        }
        String description;
        if (setAside.isPresent()) {
            description = "it is no archive, or its head is damaged";
        } else {
            description = outdated ? "its newest part cannot be read" : damaged + " damaged places";
        }
        Path aside = setAside.isPresent() ? setAside.get() : setAside();
        setAside = Optional.empty();
        salvage(aside, walk);
        return Optional.of(new Damage(description, aside));
    }

    private synchronized Path setAside() throws IOException {
        abandon();
        return OwnerOnlyFile.setAside(file);
    }

    /** Passes every entry that is anywhere in a file. */
    private static void salvage(Path from, Walk walk) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            long length = Math.min(channel.size(), Integer.MAX_VALUE);
            ByteBuffer content =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena).asByteBuffer();
            walk.entries.scan(content, walk::pass);
        }
    }

    @Override
    public Optional<ArchiveIndex> index(BooleanSupplier stopped) throws IOException {
        MVMap<Long, byte[]> map = map();
        if (setAside.isPresent() || isOutdated) {
            return Optional.empty();
        }
        ArchiveEntries entries = entries();
        ArchiveIndex index = new ArchiveIndex(number -> find(map, entries, number));
        int damaged = LeafPages.read(map.getRootPage(), page -> {
            for (int i = 0; i < page.getKeyCount() && page.getKey(i) < base; i++) {
                index.add(ArchiveEntries.keyPrefixOf(page.getValue(i)), page.getKey(i) - base);
            }
            return !stopped.getAsBoolean();
        });
        if (damaged > 0 || stopped.getAsBoolean()) {
            return Optional.empty();
        }
        index.sort();
        return Optional.of(index);
    }

    private Optional<ArchivedRecord> find(MVMap<Long, byte[]> map, ArchiveEntries entries, long number) {
        try {
            byte[] entry = map.get(base + number);
            return entry == null ? Optional.empty() : entries.decode(entry).map(this::numbered);
        } catch (RuntimeException cannotBeRead) {
            return Optional.empty();
        }
    }

    /** Returns an entry under its number since the start. */
    private ArchivedRecord numbered(ArchivedRecord entry) {
        return new ArchivedRecord(
                entry.number() - base, entry.key(), entry.origin(), entry.record(), entry.isAuthentic());
    }

    /** Passes entries, and counts the damaged ones. Belongs to one thread. */
    private final class Walk {

        private final Predicate<ArchivedRecord> reader;
        private final ArchiveEntries entries;
        private int damaged;
        private int passed;
        private boolean ended;

        Walk(Predicate<ArchivedRecord> reader, ArchiveEntries entries) {
            this.reader = reader;
            this.entries = entries;
        }

        boolean pass(Page<Long, byte[]> page) {
            for (int i = 0; i < page.getKeyCount() && !ended; i++) {
                Optional<ArchivedRecord> entry = entries.decode(page.getValue(i));
                damaged += entry.isEmpty() ? 1 : 0;
                entry.ifPresent(this::pass);
            }
            return !ended;
        }

        boolean pass(ArchivedRecord entry) {
            passed++;
            ArchivedRecord numbered = numbered(entry);
            // Records that came since the start may be in the file already.
            ended = ended || (numbered.number() < 0 && !reader.test(numbered));
            return !ended;
        }

        /**
         * Returns how many places are damaged: pages, and entries. Under another secret, all entries differ, and none
         * is.
         */
        int damaged(int pages) {
            int changed = entries.changed();
            return pages + damaged + (changed < passed ? changed : 0);
        }
    }

    @Override
    public void compact() throws IOException {
        MVMap<Long, byte[]> map = map();
        Path temporary = file.resolveSibling(file.getFileName() + COMPACT_SUFFIX);
        Files.deleteIfExists(temporary);
        OwnerOnlyFile.create(temporary, new byte[0]);
        try (MVStore target = builder(name + COMPACT_SUFFIX).open()) {
            MVMap<Long, byte[]> copy = target.openMap(MAP, types());
            map.forEach(copy::append);
            target.commit();
            target.sync();
        } catch (RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw new IOException(reason(e), e);
        }
        close();
        version.delete();
        OwnerOnlyFile.move(temporary, file);
        forceFailed = false;
    }

    @Override
    public synchronized void close() {
        store.ifPresent(open -> {
            try {
                open.close(0);
            } catch (MVStoreException e) {
                open.closeImmediately();
            }
        });
        store = Optional.empty();
    }
}
