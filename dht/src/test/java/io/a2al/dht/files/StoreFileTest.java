package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.dht.TestNodes;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {

    private static final Identity PUBLISHER = TestNodes.identity("publisher");
    private static final NodeId KEY = PUBLISHER.nodeId();
    private static final List<Origin> ORIGINS = List.of(
            Origin.LOCAL,
            Origin.EXEMPT,
            Origin.UNPROVEN,
            Origin.of(new Subnet(Bytes.fromHex("cb0071"))),
            Origin.of(new Subnet(Bytes.fromHex("20010db80001"))));

    @TempDir
    private Path folder;

    private Path path;
    private StoreFile file;

    @BeforeEach
    void open() {
        path = folder.resolve("records");
        file = new StoreFile(path);
    }

    private static StoredRecord stored(int number) throws Exception {
        RecordSigner signer = RecordSigner.self(PUBLISHER.newSigner());
        return new StoredRecord(
                KEY.flipBit(number),
                new RecordVerifier(Ed25519.preferred().newVerifier())
                        .verify(signer.sign(5, Bytes.zeros(number), number, 1_700_000_000, 3600)),
                ORIGINS.get(number % ORIGINS.size()));
    }

    private static List<StoredRecord> some(int count) throws Exception {
        List<StoredRecord> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(stored(i));
        }
        return some;
    }

    private static List<StoreFile.Entry> entries(List<StoredRecord> records) {
        return records.stream().map(StoreFile.Entry::of).toList();
    }

    private record Reading(List<StoreFile.Entry> entries, int damaged) {}

    private Reading read() throws IOException {
        List<StoreFile.Entry> entries = new ArrayList<>();
        int damaged = file.read(entries::add);
        return new Reading(entries, damaged);
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        List<StoredRecord> records = some(12);
        file.write(entries(records));
        assertThat(read()).isEqualTo(new Reading(entries(records), 0));
        file.write(entries(records.subList(3, 4)));
        assertThat(read()).isEqualTo(new Reading(List.of(StoreFile.Entry.of(records.get(3))), 0));
        OwnerOnly.assertOwnerOnly(path);
        assertThat(folder.resolve("records.tmp")).doesNotExist();
    }

    @Test
    void noFileAndAnEmptyOneAndOneWithoutRecordsHoldNothing() throws Exception {
        assertThat(read()).isEqualTo(new Reading(List.of(), 0));
        Files.createFile(path);
        assertThat(read()).isEqualTo(new Reading(List.of(), 0));
        file.write(List.of());
        assertThat(read()).isEqualTo(new Reading(List.of(), 0));
        assertThat(Files.readString(path)).isEqualTo("A2AL records 1\n");
    }

    /** So that this version's files can be read by later ones. */
    @Test
    void theFormatIsWhatItSays() throws Exception {
        StoredRecord stored = stored(3);
        file.write(entries(List.of(stored)));
        byte[] record = stored.record().record().encoded().toArray();
        byte[] content = Files.readAllBytes(path);
        int body = 32 + 2 + 3 + record.length;
        assertThat(content).hasSize(15 + 10 + body);
        assertThat(Bytes.copyOfRange(content, 15, 21).toHex()).isEqualTo("a53c1ed2" + String.format("%04x", body));
        assertThat(Bytes.copyOfRange(content, 25, 57)).isEqualTo(stored.key().toBytes());
        assertThat(Bytes.copyOfRange(content, 57, 62).toHex()).isEqualTo("0303cb0071");
        assertThat(Bytes.copyOfRange(content, 62, content.length)).isEqualTo(Bytes.copyOf(record));
    }

    @Test
    void readingEndsWhenItIsToldTo() throws Exception {
        file.write(entries(some(5)));
        List<StoreFile.Entry> entries = new ArrayList<>();
        assertThat(file.read(entry -> entries.add(entry) && entries.size() < 2)).isZero();
        assertThat(entries).hasSize(2);
    }

    @Test
    void aFileCutOffAnywhereLosesWhatIsCutOff() throws Exception {
        List<StoredRecord> records = some(4);
        file.write(entries(records));
        byte[] whole = Files.readAllBytes(path);
        List<Integer> ends = new ArrayList<>(List.of(15));
        for (StoredRecord record : records) {
            int network =
                    record.origin().network().map(at -> at.prefix().length()).orElse(0);
            ends.add(ends.getLast()
                    + 10
                    + 34
                    + network
                    + record.record().record().encodedLength());
        }
        assertThat(ends.getLast()).isEqualTo(whole.length);
        for (int length = 15; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            int cut = length;
            int left = (int) ends.stream().filter(end -> end <= cut).count() - 1;
            Reading reading = read();
            assertThat(reading.entries())
                    .as("cut at %d", length)
                    .containsExactlyElementsOf(entries(records.subList(0, left)));
            assertThat(reading.damaged()).isEqualTo(ends.contains(length) ? 0 : 1);
        }
    }

    @Test
    void aByteChangedAnywhereCostsOneRecordAtMost() throws Exception {
        List<StoredRecord> records = some(4);
        List<StoreFile.Entry> entries = entries(records);
        file.write(entries(records));
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(1);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, damaged);
            Reading reading = read();
            assertThat(reading.damaged()).as("changed at %d", at).isEqualTo(1);
            assertThat(reading.entries()).hasSize(at < 15 ? 4 : 3).isSubsetOf(entries);
        }
    }

    @Test
    void aPlaceThatIsDamagedIsSteppedOver() throws Exception {
        List<StoredRecord> records = some(20);
        file.write(entries(records));
        byte[] content = Files.readAllBytes(path);
        new Random(7).nextBytes(content);
        byte[] whole = Files.readAllBytes(path);
        System.arraycopy(content, 300, whole, 300, 500);
        Files.write(path, whole);
        Reading reading = read();
        assertThat(reading.damaged()).isEqualTo(1);
        assertThat(reading.entries())
                .hasSizeBetween(12, 18)
                .startsWith(StoreFile.Entry.of(records.get(0)))
                .endsWith(StoreFile.Entry.of(records.get(18)), StoreFile.Entry.of(records.get(19)));
    }

    @Test
    void somethingElseIsRefused() throws Exception {
        byte[] noise = new byte[20_000];
        new Random(3).nextBytes(noise);
        for (byte[] content : List.of(noise, new byte[] {1}, "{\"peers\":[]}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(path, content);
            assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessage("it is not a file of records");
        }
    }
}
