package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.StoreKeeper;
import io.a2al.dht.shell.Tasks;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private static StoreFile.Entry entry(SignedRecord record) {
        return new StoreFile.Entry(NodeId.ofAddress(record.address()), NETWORK, record.encoded());
    }

    private void write(StoreFile.Entry... entries) throws IOException {
        new StoreFile(path).write(List.of(entries));
    }

    private List<StoreFile.Entry> read() throws IOException {
        List<StoreFile.Entry> entries = new ArrayList<>();
        assertThat(new StoreFile(path).read(entries::add)).isZero();
        return entries;
    }

    private static List<StoreFile.Entry> held(DhtNode node) {
        return node.store().records().stream().map(StoreFile.Entry::of).toList();
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
        StoreFile.Entry misplaced =
                new StoreFile.Entry(TestNodes.identity("another key").nodeId(), NETWORK, good.encoded());
        StoreFile.Entry noRecord = new StoreFile.Entry(NodeId.ZERO, NETWORK, Bytes.fromHex("a0"));
        write(entry(expired), entry(forged), misplaced, noRecord, entry(good));
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactly(entry(good));
        }
        assertThat(read()).as("and is written again").containsExactly(entry(good));
    }

    @Test
    void aFileThatIsSomethingElseIsSetAsideAndANewOneBegun() throws Exception {
        Path aside = folder.resolve("records.damaged");
        for (String diary : List.of("a diary, given by mistake", "another")) {
            Files.writeString(path, diary);
            StoreKeeper keeper = keeper(TimeSource.SYSTEM);
            keeper.restore();
            awaitRestoration();
            keeper.save();
            assertThat(aside).hasContent(diary);
            assertThat(read()).isEmpty();
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

    private StoreKeeper keeper(TimeSource clock) {
        return keeper(new CoreDriver(
                new NodeCore(NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), clock.now()),
                clock));
    }

    private StoreKeeper keeper(CoreDriver driver) {
        RateLimitedLogger log =
                new RateLimitedLogger(LoggerFactory.getLogger(DurableStoreTest.class), System::nanoTime);
        return new StoreKeeper(driver, new StoreFile(path), new Tasks(log), log);
    }

    @ParameterizedTest
    @ValueSource(longs = {IN_1970, IN_2099})
    void aClockThatIsWrongForSomeStartsLosesNoRecords(long wrong) throws Exception {
        SignedRecord older = record(TestNodes.identity("older"), now() - 1000, 3600);
        SignedRecord newer = record(TestNodes.identity("newer"), now() - 1, 3600);
        write(entry(older), entry(newer));
        for (int start = 0; start < 3; start++) {
            StoreKeeper keeper = keeper(new SetClock(wrong));
            keeper.restore();
            awaitRestoration();
            keeper.save();
            keeper.save();
            keeper.stop();
            assertThat(read()).containsExactlyInAnyOrder(entry(older), entry(newer));
            Files.setLastModifiedTime(path, FileTime.from(wrong == IN_1970 ? wrong : now(), TimeUnit.SECONDS));
        }
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).containsExactlyInAnyOrder(entry(older), entry(newer));
        }
    }

    @Test
    void recordsAreBackAsSoonAsTheClockIsSet() throws Exception {
        SignedRecord record = record(TestNodes.identity("publisher"), now() - 1, 3600);
        write(entry(record));
        SetClock clock = new SetClock(IN_1970);
        NodeCore core =
                new NodeCore(NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), clock.now());
        StoreKeeper keeper = keeper(new CoreDriver(core, clock));
        keeper.restore();
        awaitRestoration();
        keeper.save();
        assertThat(core.store().records()).isZero();

        clock.unixSeconds = now();
        keeper.save();
        assertThat(core.store().records()).isEqualTo(1);
        assertThat(read()).containsExactly(entry(record));
    }

    /** Otherwise a run by a wrong clock would leave records that stay for ever. */
    @Test
    void aRecordOfAClockThatWasWrongDoesNotStay() throws Exception {
        SignedRecord right = record(TestNodes.identity("right"), now() - 1, 3600);
        SignedRecord wrong = record(TestNodes.identity("wrong"), IN_2099, 3600);
        write(entry(right), entry(wrong));
        StoreKeeper keeper = keeper(TimeSource.SYSTEM);
        keeper.restore();
        awaitRestoration();
        keeper.save();
        assertThat(read()).containsExactly(entry(right));
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
        List<StoreFile.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            entries.add(entry(record(TestNodes.identity("publisher-" + i), now() - 1, 3600)));
        }
        new StoreFile(path).write(entries);
        byte[] content = Files.readAllBytes(path);
        content[content.length / 2] ^= 1;
        Files.write(path, content);
        try (DhtNode node = node()) {
            awaitRestoration();
            assertThat(held(node)).hasSize(9).isSubsetOf(entries);
        }
        assertThat(read()).hasSize(9);
    }

    /** A node that is closed before everything is read must not forget the rest. */
    @Test
    void nothingIsWrittenBeforeEverythingIsRead() throws Exception {
        SignedRecord record = record(TestNodes.identity("publisher"), now() - 1, 3600);
        write(entry(record));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Thread tester = Thread.currentThread();
        // The thread that reads asks for the time, to see which records have expired.
        TimeSource time = () -> {
            if (!Thread.currentThread().equals(tester)) {
                reading.countDown();
                await(mayGoOn);
            }
            return TimeSource.SYSTEM.now();
        };
        NodeCore core =
                new NodeCore(NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), time.now());
        CoreDriver driver = new CoreDriver(core, time);
        StoreKeeper keeper = keeper(driver);
        keeper.save();
        assertThat(read()).as("saved before reading").containsExactly(entry(record));

        keeper.restore();
        await(reading);
        keeper.save();
        assertThat(read()).as("saved while reading").containsExactly(entry(record));
        mayGoOn.countDown();
        awaitRestoration();
        int held = driver.ask(asked -> asked.store().records());
        assertThat(held).isEqualTo(1);
        keeper.save();
        assertThat(read()).as("saved after reading").containsExactly(entry(record));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
