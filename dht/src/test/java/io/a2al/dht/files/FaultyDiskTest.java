package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.FaultyDisk.Fault;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.testing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A small load is run again and again, and each time another operation of the disk fails. What is promised:
 *
 * <ul>
 *   <li>After a crash, an archive has exactly what it had when the last change returned, or what it was to have after
 *       the one that was under way; never a part of one, and nothing of an earlier time. It is not taken for damaged.
 *   <li>After a failure that is over, the same archive takes the same change, and a crash afterwards loses nothing.
 *   <li>In both cases the archive goes on.
 *   <li>A small file that is replaced has its former content or the new one; once that returned, the new one.
 * </ul>
 */
@Timeout(120)
class FaultyDiskTest {

    private static final String FILE = "records";

    /** Different ones, so that the damage of each crash differs. */
    private static final int SEEDS = 2;

    private static final List<StoredRecord> RECORDS = records(160);

    private static final List<Bytes> ENCODED =
            RECORDS.stream().map(stored -> stored.record().record().encoded()).toList();

    private static List<StoredRecord> records(int count) {
        try {
            RecordSigner signer = RecordSigner.self(Fixtures.B.newSigner());
            List<StoredRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(new StoredRecord(
                        Fixtures.B.nodeId(),
                        RecordVerifier.trusting()
                                .verify(signer.sign(
                                        EndpointPayload.of(List.of("quic://agent-" + i + ".example:4121")),
                                        i,
                                        1,
                                        3600)),
                        Origin.LOCAL));
            }
            return records;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecordArchive archive(FaultyDisk disk) {
        EngineFiles.use(disk);
        return new MvRecordArchive(path(disk, FILE), EngineFiles.nameOf(FILE));
    }

    private static Path path(FaultyDisk disk, String name) {
        return new FaultyFileSystem(disk).getPath(name);
    }

    // ---- the load -----------------------------------------------------------------------------------------------

    /** One change of an archive, and of the records by number that it is to hold. */
    private interface Step {
        void make(RecordArchive archive) throws IOException;

        void model(Map<Long, StoredRecord> held);
    }

    private record Apply(SequencedMap<Long, Optional<StoredRecord>> changes) implements Step {

        static Apply of(int from, int to, long... removed) {
            SequencedMap<Long, Optional<StoredRecord>> changes = new LinkedHashMap<>();
            for (int i = from; i < to; i++) {
                changes.put((long) i, Optional.of(RECORDS.get(i)));
            }
            for (long number : removed) {
                changes.put(number, Optional.empty());
            }
            return new Apply(changes);
        }

        @Override
        public void make(RecordArchive archive) throws IOException {
            archive.apply(changes);
        }

        @Override
        public void model(Map<Long, StoredRecord> held) {
            changes.forEach((number, change) ->
                    change.ifPresentOrElse(record -> held.put(number, record), () -> held.remove(number)));
        }
    }

    private record Replace(int from, int to) implements Step {

        private SequencedMap<Long, StoredRecord> records() {
            SequencedMap<Long, StoredRecord> records = new LinkedHashMap<>();
            for (int i = from; i < to; i++) {
                records.put((long) i, RECORDS.get(i));
            }
            return records;
        }

        @Override
        public void make(RecordArchive archive) throws IOException {
            archive.replace(records());
        }

        @Override
        public void model(Map<Long, StoredRecord> held) {
            held.clear();
            held.putAll(records());
        }
    }

    private record Compact() implements Step {

        @Override
        public void make(RecordArchive archive) throws IOException {
            archive.compact();
        }

        @Override
        public void model(Map<Long, StoredRecord> held) {
            // Holds the same.
        }
    }

    /** Thirty changes, with a compaction after ten and a replacement after twenty. */
    private static List<Step> load() {
        List<Step> load = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            load.add(i % 3 == 2 ? Apply.of(5 * i, 5 * i + 2, 5 * i - 1, 5 * i - 7) : Apply.of(5 * i, 5 * i + 5));
            if (i == 10) {
                load.add(new Compact());
            } else if (i == 20) {
                load.add(new Replace(60, 100));
            }
        }
        return load;
    }

    /** So many that the archive rewrites chunks of its file that are mostly unused. */
    private static List<Step> longLoad() {
        List<Step> load = new ArrayList<>();
        for (int i = 0; i < 61; i++) {
            load.add(i < 40 ? Apply.of(2 * i, 2 * i + 2) : Apply.of(2 * i, 2 * i + 1, 2L * (i - 40)));
        }
        return load;
    }

    private static List<Integer> indexes(Map<Long, StoredRecord> held) {
        return held.values().stream().map(RECORDS::indexOf).toList();
    }

    /** Returns which records an archive opened on this disk has; it must not find damage. */
    private static List<Integer> reopened(FaultyDisk disk, String what) throws IOException {
        List<Integer> read = new ArrayList<>();
        try (RecordArchive archive = archive(disk)) {
            assertThat(archive.read(entry -> read.add(ENCODED.indexOf(entry.record()))))
                    .as("damage after %s", what)
                    .isEmpty();
        }
        return read;
    }

    private static void assertGoesOn(FaultyDisk disk, String what) throws IOException {
        int last = RECORDS.size() - 1;
        List<Integer> before = reopened(disk, what);
        try (RecordArchive archive = archive(disk)) {
            archive.apply(Apply.of(last, last + 1).changes());
        }
        before.add(last);
        assertThat(reopened(disk.afterCrash(), what))
                .as("after %s, and going on", what)
                .isEqualTo(before);
    }

    // ---- crashes ------------------------------------------------------------------------------------------------

    @Test
    void aCrashAnywhereLosesNothingThatWasApplied() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            int n = 1;
            while (crash(load(), n, seed)) {
                n++;
            }
            assertThat(n).isGreaterThan(90);
        }
    }

    @Test
    void aCrashWhileChunksAreRewrittenLosesNothing() throws IOException {
        FaultyDisk counting = new FaultyDisk(0);
        counting.failAt(Integer.MAX_VALUE, Fault.CRASH);
        List<Step> load = longLoad();
        run(counting, load.subList(0, load.size() - 3), new TreeMap<>(), new TreeMap<>());
        int n = Integer.MAX_VALUE - counting.operationsLeft() + 1;
        while (crash(load, n, n)) {
            n++;
        }
    }

    /** Returns false if the load has fewer operations than {@code n}. */
    private static boolean crash(List<Step> load, int n, int seed) throws IOException {
        FaultyDisk disk = new FaultyDisk(31L * n + seed);
        disk.failAt(n, Fault.CRASH);
        TreeMap<Long, StoredRecord> before = new TreeMap<>();
        TreeMap<Long, StoredRecord> after = new TreeMap<>();
        run(disk, load, before, after);
        String what = "a crash at operation " + n + " with seed " + seed;
        FaultyDisk left = disk.afterCrash();
        assertThat(reopened(left, what)).as(what).isIn(indexes(before), indexes(after));
        assertGoesOn(left, what);
        return disk.hasFailed();
    }

    private static void run(
            FaultyDisk disk, List<Step> load, Map<Long, StoredRecord> before, Map<Long, StoredRecord> after) {
        try (RecordArchive archive = archive(disk)) {
            for (Step step : load) {
                step.model(after);
                step.make(archive);
                step.model(before);
            }
        } catch (IOException crash) {
            assertThat(disk.hasFailed()).as("%s", crash).isTrue();
        }
    }

    // ---- failures that end --------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"FULL", "SHORT_WRITE", "FAILED_FORCE"})
    void theSameArchiveCatchesUpAfterAFailureAnywhere(Fault fault) throws IOException {
        int n = 1;
        while (fail(fault, n)) {
            n++;
        }
        assertThat(n).isGreaterThan(30);
    }

    private static boolean fail(Fault fault, int n) throws IOException {
        FaultyDisk disk = new FaultyDisk(n);
        disk.failAt(n, fault);
        String what = fault + " at operation " + n;
        TreeMap<Long, StoredRecord> held = new TreeMap<>();
        try (RecordArchive archive = archive(disk)) {
            for (Step step : load()) {
                make(step, archive, disk, what);
                step.model(held);
            }
            assertThat(reopened(disk.afterCrash(), what))
                    .as("crash after %s", what)
                    .isEqualTo(indexes(held));
            EngineFiles.use(disk);
        }
        assertThat(reopened(disk, what)).as(what).isEqualTo(indexes(held));
        return disk.hasFailed();
    }

    private static void make(Step step, RecordArchive archive, FaultyDisk disk, String what) throws IOException {
        boolean wasOver = disk.hasFailed() && !disk.isFailing();
        try {
            step.make(archive);
        } catch (IOException refused) {
            assertThat(refused).as(what).hasMessageMatching("No space left on device|Input/output error");
            assertThat(wasOver).as("%s, which was over", what).isFalse();
            refuseAgain(step, archive, disk);
            disk.recover();
            step.make(archive);
        }
    }

    /** A disk that is full is tried more than once. */
    private static void refuseAgain(Step step, RecordArchive archive, FaultyDisk disk) {
        try {
            step.make(archive);
        } catch (IOException stillFull) {
            assertThat(disk.hasFailed()).isTrue();
        }
    }

    // ---- small files --------------------------------------------------------------------------------------------

    @Test
    void aCrashAnywhereLeavesTheFormerContentOrTheNewOne() throws IOException {
        boolean crashed = true;
        for (int n = 1; crashed; n++) {
            for (int seed = 0; seed < 20; seed++) {
                FaultyDisk disk = new FaultyDisk(31L * n + seed);
                crashed = replaceAndCrash(disk, n);
            }
        }
    }

    private static boolean replaceAndCrash(FaultyDisk disk, int n) throws IOException {
        disk.failAt(n, Fault.CRASH);
        Path file = path(disk, "small");
        String before = "";
        String after = "";
        try {
            for (int length = 1; length < 5000; length *= 8) {
                after = "x".repeat(length);
                OwnerOnlyFile.replace(file, after.getBytes(StandardCharsets.US_ASCII));
                before = after;
            }
        } catch (IOException crash) {
            assertThat(disk.hasFailed()).isTrue();
        }
        FaultyDisk left = disk.afterCrash();
        assertThat(content(left)).as("crash at operation %d", n).isIn(before, after);
        OwnerOnlyFile.replace(path(left, "small"), new byte[] {'y'});
        assertThat(content(left.afterCrash())).isEqualTo("y");
        return disk.hasFailed();
    }

    private static String content(FaultyDisk disk) throws IOException {
        try {
            return new String(OwnerOnlyFile.read(path(disk, "small")), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    @Test
    void aSequenceNumberIsNeverLowerAfterACrashThanTheLastBoundThatWasWritten() throws IOException {
        boolean crashed = true;
        for (int n = 1; crashed; n++) {
            for (int seed = 0; seed < 20; seed++) {
                FaultyDisk disk = new FaultyDisk(31L * n + seed);
                disk.failAt(n, Fault.CRASH);
                long written = 0;
                long last = 0;
                try {
                    SequenceFile file = new SequenceFile(path(disk, "sequence"));
                    for (last = 7; last < 20_000; last *= 9) {
                        file.write(last);
                        written = last;
                    }
                } catch (IOException crash) {
                    assertThat(disk.hasFailed()).isTrue();
                }
                crashed = disk.hasFailed();
                assertThat(new SequenceFile(path(disk.afterCrash(), "sequence")).read())
                        .as("crash at operation %d with seed %d", n, seed)
                        .isIn(written, last);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "SHORT_WRITE", "FAILED_FORCE"})
    void aFailedReplacementLeavesTheFormerContentOrTheNewOneAndNothingElse(Fault fault) throws IOException {
        boolean failed = true;
        for (int n = 1; failed; n++) {
            FaultyDisk disk = new FaultyDisk(n);
            Path file = path(disk, "small");
            OwnerOnlyFile.replace(file, "former".getBytes(StandardCharsets.US_ASCII));
            disk.failAt(n, fault);
            try {
                OwnerOnlyFile.replace(file, "new".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException refused) {
                assertThat(content(disk)).isIn("former", "new");
            }
            failed = disk.hasFailed();
            disk.recover();
            assertThat(disk.files()).containsOnlyKeys("small");
            OwnerOnlyFile.replace(file, "new".getBytes(StandardCharsets.US_ASCII));
            assertThat(content(disk.afterCrash())).isEqualTo("new");
        }
    }
}
