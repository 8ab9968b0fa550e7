package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.TestNodes;
import io.a2al.dht.files.ArchiveIndex;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.dht.files.MvRecordArchive;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Records that are asked for while an archive is being restored come first. */
@Timeout(60)
class RestoreOrderTest {

    private static final int RECORDS = 2000;

    @TempDir
    private Path folder;

    private final List<StoredRecord> records = new ArrayList<>();

    private Path filled() throws Exception {
        Path path = folder.resolve("records");
        SequencedMap<Long, Optional<StoredRecord>> puts = new LinkedHashMap<>();
        for (int i = 0; i < RECORDS; i++) {
            long now = System.currentTimeMillis() / 1000 - 1;
            SignedRecord record = RecordSigner.self(
                            TestNodes.identity("publisher-" + i).newSigner())
                    .sign(EndpointPayload.of(List.of("quic://203.0.113.7:1")), 1, now, 3600);
            records.add(new StoredRecord(
                    NodeId.ofAddress(record.address()),
                    RecordVerifier.trusting().verify(record),
                    Origin.LOCAL));
            puts.put((long) i, Optional.of(records.getLast()));
        }
        try (RecordArchive archive = new MvRecordArchive(path)) {
            archive.apply(puts);
        }
        return path;
    }

    @Test
    void theRecordsOfAKeyAreFoundWithoutReadingTheOthers() throws Exception {
        try (RecordArchive archive = new MvRecordArchive(filled())) {
            ArchiveIndex index = archive.index(() -> false).orElseThrow();
            archive.apply(new LinkedHashMap<>(Map.of(0L, Optional.of(records.getFirst()))));
            for (StoredRecord stored : records) {
                assertThat(index.find(stored.key(), number -> true))
                        .extracting(ArchivedRecord::record)
                        .containsExactly(stored.record().record().encoded());
            }
            assertThat(index.find(records.getFirst().key(), number -> false)).isEmpty();
            byte[] other = records.getFirst().key().toArray();
            other[NodeId.LENGTH - 1] ^= 1;
            assertThat(index.find(NodeId.read(other, 0), number -> true))
                    .as("a key that begins alike")
                    .isEmpty();
            List<Long> numbers = new ArrayList<>();
            archive.read(entry -> numbers.add(entry.number()));
            assertThat(numbers)
                    .as("without those that came since")
                    .hasSize(RECORDS)
                    .allMatch(number -> number < 0);
            assertThat(archive.index(() -> true)).as("stopped").isEmpty();
        }
    }

    /** The reading thread is held at its first answer until all keys are wanted. */
    @Test
    void whatIsWantedIsRestoredFirst() throws Exception {
        NodeCore core = new NodeCore(
                NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), TimeSource.SYSTEM.now());
        CoreDriver driver = new CoreDriver(core, TimeSource.SYSTEM);
        RateLimitedLogger log =
                new RateLimitedLogger(LoggerFactory.getLogger(RestoreOrderTest.class), System::nanoTime);
        DurableRecords durable = DurableRecords.in(filled(), driver, false, new Tasks(log), log);
        CompletableFuture<Consumer<Input>> handler = new CompletableFuture<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Map<NodeId, Integer> heldWhenRestored = new ConcurrentHashMap<>();
        durable.start(handler::join);
        assertThat(driver.<Boolean>ask(NodeCore::isRestoring)).isTrue();
        List<StoredRecord> last = records.subList(RECORDS - 10, RECORDS);
        for (int i = 0; i < last.size(); i++) {
            NodeId key = last.get(i).key();
            assertThat(driver.handle(new Input.Submit(i, new Command.AwaitRestored(key))))
                    .containsExactly(new Effect.RestoreKey(key));
            durable.restoreFirst(key);
        }
        handler.complete(input -> {
            if (input instanceof Input.KeyRestored(NodeId key)
                    && driver.ask(held -> held.store().contains(key))) {
                heldWhenRestored.put(key, driver.ask(held -> held.store().records()));
            }
            driver.handle(input);
            if (input instanceof Input.RestoreEnded) {
                ended.complete(true);
            }
        });
        ended.get(30, TimeUnit.SECONDS);
        assertThat(heldWhenRestored)
                .containsOnlyKeys(last.stream().map(StoredRecord::key).toList());
        assertThat(heldWhenRestored.values()).allMatch(held -> held < RECORDS / 2);
        assertThat(driver.<Integer>ask(held -> held.store().records())).isEqualTo(RECORDS);
        durable.close();
    }

    /** Keys whose turn has been, keys whose turn comes, and keys that are wanted again. */
    @Test
    void nothingIsRestoredTwice() throws Exception {
        NodeCore core = new NodeCore(
                NodeSettings.DEFAULT, TestNodes.identity("durable").address(), new Random(1), TimeSource.SYSTEM.now());
        CoreDriver driver = new CoreDriver(core, TimeSource.SYSTEM);
        RateLimitedLogger log =
                new RateLimitedLogger(LoggerFactory.getLogger(RestoreOrderTest.class), System::nanoTime);
        try (RecordArchive archive = new MvRecordArchive(filled())) {
            RecordKeeper keeper =
                    new RecordKeeper(archive, LinkedHashMap::new, false, new Tasks(log), System::nanoTime, log);
            Restoration restoration = new Restoration(driver, keeper, Long.MAX_VALUE, false);
            WantedKeys wanted = new WantedKeys();
            List<NodeId> answered = new ArrayList<>();
            WantedFirst wantedFirst =
                    new WantedFirst(wanted, archive.index(() -> false).orElseThrow(), restoration, input -> {
                        NodeId key = ((Input.KeyRestored) input).key();
                        if (!answered.contains(key)) {
                            wanted.add(key);
                        }
                        answered.add(key);
                    });
            List<NodeId> keys = Stream.of(records.subList(0, 10), records.subList(RECORDS - 10, RECORDS))
                    .flatMap(List::stream)
                    .map(StoredRecord::key)
                    .toList();
            keys.forEach(wanted::add);
            archive.read(entry -> {
                wantedFirst.take(entry);
                return true;
            });
            restoration.handAll();

            assertThat(answered).hasSize(2 * keys.size()).containsAll(keys);
            assertThat(restoration.kept()).isEqualTo(RECORDS);
            assertThat(restoration.refused()).isZero();
        }
    }

    @Test
    void aDamagedArchiveIsReadWithoutAnIndex() throws IOException {
        Path path = folder.resolve("records");
        Files.writeString(path, "a diary, given by mistake");
        try (RecordArchive archive = new MvRecordArchive(path)) {
            assertThat(archive.index(() -> false)).isEmpty();
        }
    }
}
