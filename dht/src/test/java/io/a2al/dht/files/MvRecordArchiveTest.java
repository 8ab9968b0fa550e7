package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MvRecordArchiveTest {

    private static final Origin NETWORK = Origin.of(new Subnet(Bytes.fromHex("cb0071")));

    /** Records that differ in their sequence numbers. */
    private static final List<StoredRecord> RECORDS = records(300);

    private static final List<Bytes> ENCODED =
            RECORDS.stream().map(MvRecordArchiveTest::encoded).toList();

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("records");
    }

    private static List<StoredRecord> records(int count) {
        try {
            Identity publisher = Identity.generate(new SecureRandom());
            RecordSigner signer = RecordSigner.self(publisher.newSigner());
            List<StoredRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(new StoredRecord(
                        publisher.nodeId(),
                        RecordVerifier.trusting()
                                .verify(signer.sign(
                                        EndpointPayload.of(List.of("quic://agent-" + i + ".example:4121")),
                                        i,
                                        1,
                                        3600)),
                        NETWORK));
            }
            return records;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes encoded(StoredRecord stored) {
        return stored.record().record().encoded();
    }

    /** Returns which of the records this is; -1 if it is none of them. */
    private static int indexOf(ArchivedRecord entry) {
        return ENCODED.indexOf(entry.record());
    }

    private static SequencedMap<Long, Optional<StoredRecord>> puts(int from, int to) {
        SequencedMap<Long, Optional<StoredRecord>> puts = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            puts.put((long) i, Optional.of(RECORDS.get(i)));
        }
        return puts;
    }

    private static SequencedMap<Long, Optional<StoredRecord>> removals(long... numbers) {
        SequencedMap<Long, Optional<StoredRecord>> removals = new LinkedHashMap<>();
        Arrays.stream(numbers).forEach(number -> removals.put(number, Optional.empty()));
        return removals;
    }

    private static List<ArchivedRecord> all(RecordArchive archive) throws IOException {
        List<ArchivedRecord> all = new ArrayList<>();
        assertThat(archive.read(all::add)).as("damage").isEmpty();
        return all;
    }

    /** Returns which records are in the archive. */
    private List<Integer> reopened() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            return all(archive).stream().map(MvRecordArchiveTest::indexOf).toList();
        }
    }

    private static List<Integer> expected(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    // ---- what is written comes back -----------------------------------------------------------------------------

    @Test
    void whatWasAppliedIsThereAfterwardsUnderNegativeNumbers() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts(0, 3));
            archive.apply(removals(1));
        }
        try (RecordArchive archive = new MvRecordArchive(path)) {
            assertThat(all(archive))
                    .containsExactly(
                            new ArchivedRecord(-3, RECORDS.get(0).key(), NETWORK, encoded(RECORDS.get(0)), true),
                            new ArchivedRecord(-1, RECORDS.get(2).key(), NETWORK, encoded(RECORDS.get(2)), true));
            archive.apply(removals(-3));
            archive.apply(puts(5, 6));
        }
        assertThat(reopened()).containsExactly(2, 5);
    }

    @Test
    void everyOriginComesBack() throws IOException {
        List<Origin> origins = List.of(
                Origin.LOCAL,
                Origin.EXEMPT,
                Origin.UNPROVEN,
                Origin.unproven(new Subnet(Bytes.fromHex("cb0071"))),
                Origin.of(new Subnet(Bytes.fromHex("20010db80001"))));
        SequencedMap<Long, Optional<StoredRecord>> puts = new LinkedHashMap<>();
        for (Origin origin : origins) {
            StoredRecord record = RECORDS.get(puts.size());
            puts.put((long) puts.size(), Optional.of(new StoredRecord(record.key(), record.record(), origin)));
        }
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts);
        }
        try (RecordArchive archive = new MvRecordArchive(path)) {
            assertThat(all(archive)).extracting(ArchivedRecord::origin).isEqualTo(origins);
        }
    }

    @Test
    void replacingLeavesNothingElse() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts(0, 9));
            SequencedMap<Long, StoredRecord> only = new LinkedHashMap<>();
            only.put(4L, RECORDS.get(20));
            archive.replace(only);
        }
        assertThat(reopened()).containsExactly(20);
    }

    @Test
    void compactingGivesSpaceBack() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            for (int i = 0; i < 50; i++) {
                archive.apply(puts(0, RECORDS.size()));
            }
            long before = Files.size(path);
            archive.compact();
            assertThat(Files.size(path)).isLessThan(before / 4);
        }
        assertThat(reopened()).isEqualTo(expected(0, RECORDS.size()));
    }

    @Test
    void anEntryWithAnotherSecretIsNotAuthentic() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts(0, 1));
        }
        Files.write(folder.resolve("records.secret"), new byte[ArchiveEntries.SECRET_LENGTH]);
        try (RecordArchive archive = new MvRecordArchive(path)) {
            assertThat(all(archive))
                    .containsExactly(
                            new ArchivedRecord(-1, RECORDS.get(0).key(), NETWORK, encoded(RECORDS.get(0)), false));
        }
    }

    @Test
    void anArchiveThatIsInUseIsNotTakenForADamagedOne() throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path);
                RecordArchive second = new MvRecordArchive(path)) {
            archive.apply(puts(0, 1));
            assertThatThrownBy(() -> second.read(entry -> true)).isInstanceOf(IOException.class);
        }
        assertThat(reopened()).isEqualTo(expected(0, 1));
    }

    // ---- damage -------------------------------------------------------------------------------------------------

    /** Kinds of damage. */
    enum Damage {
        TRUNCATED_BY_HALF {
            @Override
            void inflict(byte[] content, Random random) {
                Arrays.fill(content, content.length / 2, content.length, (byte) 0);
            }
        },
        ZEROED_HEAD {
            @Override
            void inflict(byte[] content, Random random) {
                Arrays.fill(content, 0, 8192, (byte) 0);
            }
        },
        ZEROED_BLOCK {
            @Override
            void inflict(byte[] content, Random random) {
                int block = random.nextInt(content.length / 4096) * 4096;
                Arrays.fill(content, block, block + 4096, (byte) 0);
            }
        },
        FLIPPED_BIT {
            @Override
            void inflict(byte[] content, Random random) {
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            }
        },
        FLIPPED_BITS {
            @Override
            void inflict(byte[] content, Random random) {
                for (int i = 0; i < 20; i++) {
                    FLIPPED_BIT.inflict(content, random);
                }
            }
        };

        abstract void inflict(byte[] content, Random random);
    }

    /** Whatever is damaged, each record whose own bytes are whole comes back, and the archive goes on. */
    @ParameterizedTest
    @EnumSource
    void damageLosesOnlyWhatIsDamaged(Damage damage) throws IOException {
        Path whole = folder.resolve("whole");
        try (RecordArchive archive = new MvRecordArchive(whole)) {
            for (int i = 0; i < RECORDS.size(); i += 20) {
                archive.apply(puts(i, i + 20));
            }
        }
        byte[] before = Files.readAllBytes(whole);
        Files.copy(folder.resolve("whole.secret"), folder.resolve("records.secret"));
        for (int seed = 0; seed < 12; seed++) {
            byte[] content = before.clone();
            damage.inflict(content, new Random(seed));
            Files.write(path, content);
            Files.copy(
                    folder.resolve("whole.version"),
                    folder.resolve("records.version"),
                    StandardCopyOption.REPLACE_EXISTING);
            Set<Integer> read = new TreeSet<>();
            try (RecordArchive archive = new MvRecordArchive(path)) {
                archive.read(entry -> {
                    read.add(indexOf(entry));
                    return true;
                });
                List<Integer> lost = new ArrayList<>(wholeRecordsIn(content));
                lost.removeAll(read);
                assertThat(lost).as("%s with seed %d", damage, seed).isEmpty();
                archive.apply(puts(0, 1));
            }
            try (RecordArchive archive = new MvRecordArchive(path)) {
                List<Integer> afterwards = new ArrayList<>();
                archive.read(entry -> afterwards.add(indexOf(entry)));
                assertThat(afterwards).contains(0);
            }
            Files.delete(path);
        }
    }

    /** Returns which records have an entry without damage somewhere in the file. */
    private List<Integer> wholeRecordsIn(byte[] content) throws IOException {
        ArchiveEntries entries = new ArchiveEntries(Files.readAllBytes(folder.resolve("records.secret")));
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return IntStream.range(0, RECORDS.size())
                .filter(i -> text.contains(new String(entries.encode(i, RECORDS.get(i)), StandardCharsets.ISO_8859_1)))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void aReaderMayEndTheReading(int wanted) throws IOException {
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts(0, 200));
        }
        List<ArchivedRecord> read = new ArrayList<>();
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.read(entry -> {
                if (read.size() < wanted) {
                    read.add(entry);
                    return true;
                }
                return false;
            });
        }
        assertThat(read).hasSize(wanted);
    }
}
