package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.files.MvRecordArchive;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.DurableRecords;
import io.a2al.dht.shell.Tasks;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A node that is started again has its records again (known-defects D-34). */
@Timeout(60)
class DurableStoreTest {

    private static final Origin NETWORK = Origin.of(new Subnet(Bytes.fromHex("cb0071")));

    private final MemoryNetwork network = new MemoryNetwork();

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("records");
    }

    private DhtNode node() throws Exception {
        return DhtNode.builder()
                .identity(TestNodes.identity("durable"))
                .transport(network.newTransport())
                .storeFile(path)
                .build()
                .start();
    }

    private static long now() {
        return TimeSource.SYSTEM.now().unixSeconds();
    }

    private static SignedRecord record(Identity publisher, long timestamp, long ttl) throws Exception {
        return RecordSigner.self(publisher.newSigner())
                .sign(EndpointPayload.of(List.of("quic://203.0.113.7:1")), 1, timestamp, ttl);
    }

    private static StoredRecord stored(SignedRecord record) {
        return stored(NodeId.ofAddress(record.address()), record);
    }

    /** Returns the record as if it had been verified. */
    private static StoredRecord stored(NodeId key, SignedRecord record) {
        try {
            return new StoredRecord(key, RecordVerifier.trusting().verify(record), NETWORK);
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void write(StoredRecord... records) throws IOException {
        SequencedMap<Long, Optional<StoredRecord>> changes = new LinkedHashMap<>();
        for (StoredRecord record : records) {
            changes.put((long) changes.size(), Optional.of(record));
        }
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(changes);
        }
    }

    private List<Bytes> read() throws IOException {
        List<Bytes> records = new ArrayList<>();
        try (RecordArchive archive = new MvRecordArchive(path)) {
            assertThat(archive.read(entry -> records.add(entry.record()))).isEmpty();
        }
        return records;
    }

    private static List<Bytes> held(DhtNode node) {
        return node.store().records().stream()
                .map(stored -> stored.record().record().encoded())
                .toList();
    }

    /** Waits until all nodes of this process have read their records. */
    private static void awaitRestoration() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("a2al-restore")) {
                thread.join();
            }
        }
    }

    @Test
    void d34_recordsSurviveARestart() throws Exception {
        SignedRecord record = record(TestNodes.identity("publisher"), now() - 1, 3600);
        List<StoredRecord> before;
        try (DhtNode node = node()) {
            assertThat(node.store().put(NodeId.ZERO, record)).isEqualTo(PutResult.STORED);
            node.publish(EndpointPayload.of(List.of("quic://203.0.113.7:2")));
            before = node.store().records();
            assertThat(before).hasSize(2);
        }
        try (DhtNode node = node();
                DhtNode asker = DhtNode.builder()
                        .identity(TestNodes.identity("asker"))
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            awaitRestoration();
            assertThat(node.store().records()).containsExactlyInAnyOrderElementsOf(before);
            assertThat(node.statistics().custody().keys().used())
                    .as("and are looked after")
                    .isEqualTo(2);
            asker.bootstrap(List.of(Endpoints.toSocketAddress(node.localEndpoint())));
            assertThat(asker.resolve(record.address())).isInstanceOf(ResolveResult.Found.class);
        }
    }

    @Test
    void onlyWhatIsGenuineAndHasNotExpiredComesBack() throws Exception {
        SignedRecord good = record(TestNodes.identity("good"), now() - 1, 3600);
        SignedRecord expired = record(TestNodes.identity("expired"), now() - 100, 50);
        SignedRecord signed = record(TestNodes.identity("forged"), now() - 1, 3600);
        SignedRecord forged = SignedRecord.of(
                signed.address(),
                signed.type(),
                signed.payload(),
                signed.sequence() + 1,
                signed.timestamp(),
                signed.ttl(),
                signed.publicKey(),
                signed.signature(),
                signed.delegation());
        StoredRecord misplaced = stored(TestNodes.identity("another key").nodeId(), good);
        write(stored(expired), misplaced, stored(good));
        new StoreFile(folder.resolve("records.former"))
                .write(List.of(
                        new StoreFile.Entry(NodeId.ofAddress(forged.address()), NETWORK, forged.encoded()),
                        new StoreFile.Entry(NodeId.ZERO, NETWORK, Bytes.fromHex("a0"))));
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactly(good.encoded());
        }
        assertThat(read()).as("and nothing else stays").containsExactly(good.encoded());
    }

    @Test
    void anEntryThatThisNodeDidNotWriteIsVerified() throws Exception {
        SignedRecord good = record(TestNodes.identity("good"), now() - 1, 3600);
        SignedRecord forged = record(TestNodes.identity("forged"), now() - 1, 3600);
        forged = SignedRecord.of(
                forged.address(),
                forged.type(),
                forged.payload(),
                forged.sequence() + 1,
                forged.timestamp(),
                forged.ttl(),
                forged.publicKey(),
                forged.signature(),
                forged.delegation());
        write(stored(good), stored(forged));
        Files.delete(folder.resolve("records.secret"));
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactly(good.encoded());
        }
    }

    @Test
    void recordsOfAFormerFileAreTakenOver() throws Exception {
        SignedRecord record = record(TestNodes.identity("publisher"), now() - 1, 3600);
        SignedRecord other = record(TestNodes.identity("other"), now() - 1, 3600);
        new StoreFile(path)
                .write(Stream.of(record, other)
                        .map(each -> new StoreFile.Entry(NodeId.ofAddress(each.address()), NETWORK, each.encoded()))
                        .toList());
        byte[] content = Files.readAllBytes(path);
        content[0] ^= 1;
        Files.write(path, content);
        for (int start = 0; start < 2; start++) {
            try (DhtNode node = node()) {
                awaitRestoration();
                assertThat(held(node)).containsExactlyInAnyOrder(record.encoded(), other.encoded());
            }
        }
        assertThat(folder.resolve("records.former")).doesNotExist();
    }

    @Test
    void aFileThatIsSomethingElseIsSetAsideAndANewOneBegun() throws Exception {
        Path aside = folder.resolve("records.damaged");
        for (String diary : List.of("a diary, given by mistake", "another")) {
            Files.writeString(path, diary);
            DurableRecords records = records(TimeSource.SYSTEM);
            start(records);
            awaitRestoration();
            records.close();
            assertThat(aside).hasContent(diary);
            assertThat(read()).isEmpty();
            Files.delete(path);
        }
    }

    @Test
    void aDamagedListOfContactsIsSetAsideAndANewOneBegun() throws Exception {
        Path contacts = folder.resolve("peers.json");
        Files.writeString(contacts, "{\"peers\": [\"192.0.2.1:4121\", \"192.0.");
        try (DhtNode member = node();
                DhtNode node = DhtNode.builder()
                        .identity(TestNodes.identity("joining"))
                        .transport(network.newTransport())
                        .savedContacts(contacts)
                        .build()
                        .start()) {
            node.bootstrap(List.of(Endpoints.toSocketAddress(member.localEndpoint())));
        }
        assertThat(folder.resolve("peers.json.damaged")).content().endsWith("\"192.0.");
        assertThat(contacts).content().contains("127.0.0.1:");
    }

    // ---- clocks that are wrong ----------------------------------------------------------------------------------

    /** A clock that shows what it is set to. */
    private static final class SetClock implements TimeSource {

        private volatile long unixSeconds;

        SetClock(long unixSeconds) {
            this.unixSeconds = unixSeconds;
        }

        @Override
        public ShellTime now() {
            return new ShellTime(System.nanoTime(), unixSeconds);
        }

        @Override
        public long unixNanos() {
            return unixSeconds * 1_000_000_000L;
        }
    }

    private static final long IN_1970 = 10;
    private static final long IN_2099 = 4_070_908_800L;

    private static void start(DurableRecords records) {
        records.start(() -> input -> {});
    }

    private DurableRecords records(TimeSource clock) {
        return records(new CoreDriver(
                new NodeCore(NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), clock.now()),
                clock));
    }

    private DurableRecords records(CoreDriver driver) {
        RateLimitedLogger log =
                new RateLimitedLogger(LoggerFactory.getLogger(DurableStoreTest.class), System::nanoTime);
        return DurableRecords.in(path, driver, false, new Tasks(log), log);
    }

    @ParameterizedTest
    @ValueSource(longs = {IN_1970, IN_2099})
    void aClockThatIsWrongForSomeStartsLosesNoRecords(long wrong) throws Exception {
        SignedRecord older = record(TestNodes.identity("older"), now() - 1000, 3600);
        SignedRecord newer = record(TestNodes.identity("newer"), now() - 1, 3600);
        write(stored(older), stored(newer));
        for (int start = 0; start < 3; start++) {
            DurableRecords records = records(new SetClock(wrong));
            start(records);
            awaitRestoration();
            records.reconsider();
            records.close();
            assertThat(read()).containsExactlyInAnyOrder(older.encoded(), newer.encoded());
            Files.setLastModifiedTime(path, FileTime.from(wrong == IN_1970 ? wrong : now(), TimeUnit.SECONDS));
        }
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactlyInAnyOrder(older.encoded(), newer.encoded());
        }
    }

    @Test
    void recordsAreBackAsSoonAsTheClockIsSet() throws Exception {
        SignedRecord record = record(TestNodes.identity("publisher"), now() - 1, 3600);
        write(stored(record));
        SetClock clock = new SetClock(IN_1970);
        NodeCore core =
                new NodeCore(NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), clock.now());
        DurableRecords records = records(new CoreDriver(core, clock));
        start(records);
        awaitRestoration();
        records.reconsider();
        assertThat(core.store().records()).isZero();

        clock.unixSeconds = now();
        records.reconsider();
        assertThat(core.store().records()).isEqualTo(1);
        records.close();
        assertThat(read()).containsExactly(record.encoded());
    }

    /** Otherwise a run by a wrong clock would leave records that stay for ever. */
    @Test
    void aRecordOfAClockThatWasWrongDoesNotStay() throws Exception {
        SignedRecord right = record(TestNodes.identity("right"), now() - 1, 3600);
        SignedRecord wrong = record(TestNodes.identity("wrong"), IN_2099, 3600);
        write(stored(right), stored(wrong));
        DurableRecords records = records(TimeSource.SYSTEM);
        start(records);
        awaitRestoration();
        records.close();
        assertThat(read()).containsExactly(right.encoded());
    }

    @Test
    void whenPeersWereSeenSurvivesAStartInThePast() throws Exception {
        Path seen = folder.resolve("seen-peers");
        String before = TestNodes.identity("peer").nodeId().toHex() + " " + (now() - 5) + "\n"
                + TestNodes.identity("other").nodeId().toHex() + " " + (now() - 4) + "\n";
        Files.writeString(seen, before);
        DhtNode.builder()
                .identity(TestNodes.identity("durable"))
                .transport(network.newTransport())
                .seenPeers(seen)
                .time(new SetClock(IN_1970))
                .build()
                .start()
                .close();
        assertThat(seen).content().isEqualTo(before);
    }

    @Test
    void aFileThatCannotBeWrittenDoesNotMatter() throws Exception {
        path = folder.resolve("missing/records");
        try (DhtNode node = node()) {
            assertThat(node.store().size()).isZero();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aDamagedFileLosesOnlyWhatIsDamaged() throws Exception {
        StoredRecord[] records = new StoredRecord[10];
        for (int i = 0; i < records.length; i++) {
            records[i] = stored(record(TestNodes.identity("publisher-" + i), now() - 1, 3600));
        }
        write(records);
        Bytes damaged = records[5].record().record().encoded();
        byte[] content = Files.readAllBytes(path);
        content[indexOf(content, damaged.toArray()) + damaged.length() / 2] ^= 1;
        Files.write(path, content);
        List<Bytes> others = Stream.of(records)
                .map(stored -> stored.record().record().encoded())
                .filter(record -> !record.equals(damaged))
                .toList();
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactlyInAnyOrderElementsOf(others);
        }
        assertThat(read()).containsExactlyInAnyOrderElementsOf(others);
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int at = 0; at <= content.length - part.length; at++) {
            if (Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not in the file");
    }

    @Test
    void whatIsReplacedOrRemovedDoesNotComeBack() throws Exception {
        SignedRecord first = record(TestNodes.identity("publisher"), now() - 2, 3600);
        SignedRecord second = record(TestNodes.identity("publisher"), now() - 1, 3600);
        SignedRecord removed = record(TestNodes.identity("removed"), now() - 1, 3600);
        try (DhtNode node = node()) {
            for (SignedRecord record : List.of(first, second, removed)) {
                node.store().put(NodeId.ZERO, record);
            }
            node.store().invalidate(NodeId.ofAddress(removed.address()));
        }
        assertThat(read()).containsExactly(second.encoded());
    }
}
