package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.ArchiveIndex;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.testing.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class RecordKeeperTest {

    private static final StoredRecord RECORD = record();

    private final FakeArchive archive = new FakeArchive();
    private long nanos = 5;
    private final SequencedMap<Long, StoredRecord> store = new LinkedHashMap<>();
    private final RateLimitedLogger log =
            new RateLimitedLogger(LoggerFactory.getLogger(RecordKeeperTest.class), System::nanoTime);

    private static StoredRecord record() {
        try {
            return new StoredRecord(
                    Fixtures.B.nodeId(),
                    RecordVerifier.trusting()
                            .verify(RecordSigner.self(Fixtures.B.newSigner())
                                    .sign(EndpointPayload.of(List.of("quic://agent.example:4121")), 1, 1, 3600)),
                    Origin.LOCAL);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds numbers, and refuses while it is told to. */
    private static final class FakeArchive implements RecordArchive {

        private final TreeSet<Long> held = new TreeSet<>();
        private final List<Integer> writes = new ArrayList<>();
        private boolean full;
        private boolean defective;

        @Override
        public synchronized void apply(SequencedMap<Long, Optional<StoredRecord>> changes) throws IOException {
            refuseIfFull();
            writes.add(changes.size());
            changes.forEach((number, change) -> {
                if (change.isPresent()) {
                    held.add(number);
                } else {
                    held.remove(number);
                }
            });
        }

        @Override
        public synchronized void replace(SequencedMap<Long, StoredRecord> records) throws IOException {
            refuseIfFull();
            held.clear();
            held.addAll(records.keySet());
        }

        @Override
        public Optional<ArchiveIndex> index(BooleanSupplier stopped) {
            return Optional.empty();
        }

        private void refuseIfFull() throws IOException {
            if (defective) {
                throw new IllegalStateException("a defect");
            }
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public Optional<Damage> read(Predicate<ArchivedRecord> reader) {
            return Optional.empty();
        }

        @Override
        public void compact() {}

        @Override
        public void close() {}
    }

    private RecordKeeper keeper(boolean strict) {
        return new RecordKeeper(archive, () -> store, strict, new Tasks(log), () -> nanos, log);
    }

    @Test
    void changesOfMeanwhileAreOneWrite() {
        RecordKeeper keeper = keeper(false);
        for (long number = 0; number < 10; number++) {
            keeper.persist(number, RECORD);
        }
        assertThat(keeper.flush()).isTrue();
        keeper.forget(3);
        keeper.persist(10, RECORD);
        assertThat(keeper.flush()).isTrue();
        assertThat(archive.held).containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(archive.writes).containsExactly(10, 2);
    }

    @Test
    void aRecordThatCameAndWentIsNotWritten() {
        RecordKeeper keeper = keeper(false);
        keeper.persist(0, RECORD);
        keeper.persist(1, RECORD);
        keeper.forget(0);
        keeper.flush();
        assertThat(archive.held).containsExactly(1L);
        assertThat(archive.writes).containsExactly(1);
    }

    @Test
    void whatAFullDiskRefusesIsWrittenOnceItTakesIt() {
        RecordKeeper keeper = keeper(false);
        archive.full = true;
        keeper.persist(0, RECORD);
        keeper.persist(1, RECORD);
        assertThat(keeper.flush()).isFalse();
        assertThat(keeper.statistics()).isEqualTo(new DiskStatistics(2, 0, 0, 1, true));
        keeper.forget(0);
        keeper.persist(2, RECORD);
        archive.full = false;
        assertThat(keeper.flush()).isTrue();
        assertThat(archive.held).containsExactly(1L, 2L);
        assertThat(keeper.statistics()).isEqualTo(new DiskStatistics(0, 0, 3, 1, false));
    }

    @Test
    void theLagIsTheAgeOfTheOldestChangeThatIsNotOnTheDisk() {
        RecordKeeper keeper = keeper(false);
        assertThat(keeper.statistics().lagNanos()).isZero();
        keeper.persist(0, RECORD);
        nanos += 3;
        keeper.persist(1, RECORD);
        nanos += 4;
        assertThat(keeper.statistics().lagNanos()).isEqualTo(7);
        archive.full = true;
        assertThat(keeper.flush()).isFalse();
        nanos += 2;
        assertThat(keeper.statistics().lagNanos()).as("refused").isEqualTo(9);
        archive.full = false;
        assertThat(keeper.flush()).isTrue();
        assertThat(keeper.statistics().lagNanos()).isZero();
        keeper.persist(2, RECORD);
        keeper.forget(2);
        nanos += 100;
        assertThat(keeper.statistics().lagNanos())
                .as("nothing is left to write")
                .isZero();
        keeper.persist(3, RECORD);
        nanos++;
        assertThat(keeper.statistics().lagNanos()).isEqualTo(1);
    }

    @Test
    void aDefectOfTheArchiveLosesNothingAndEndsNothing() {
        RecordKeeper keeper = keeper(false);
        archive.defective = true;
        keeper.persist(0, RECORD);
        assertThat(keeper.flush()).isFalse();
        assertThat(keeper.statistics()).isEqualTo(new DiskStatistics(1, 0, 0, 1, true));
        archive.defective = false;
        assertThat(keeper.flush()).isTrue();
        assertThat(archive.held).containsExactly(0L);
    }

    /** Memory is bounded, however long the disk refuses and however many records come and go meanwhile. */
    @Test
    void tooManyChangesAreReplacedByAllThatIsHeld() {
        RecordKeeper keeper = keeper(false);
        archive.held.addAll(List.of(-5L, -4L));
        archive.full = true;
        for (long number = 0; number < 600_000; number++) {
            keeper.persist(number, RECORD);
        }
        assertThat(keeper.statistics().waiting()).isLessThan(200_000);
        assertThat(keeper.flush()).isFalse();
        store.put(-4L, RECORD);
        store.put(599_999L, RECORD);
        archive.full = false;
        assertThat(keeper.flush()).isTrue();
        assertThat(archive.held).containsExactly(-4L, 599_999L);
    }

    @Test
    void whatWaitsForTheDiskRunsAfterTheWrite() {
        RecordKeeper keeper = keeper(true);
        List<String> order = new ArrayList<>();
        keeper.whenWritten(() -> order.add("nothing to wait for"));
        keeper.persist(0, RECORD);
        keeper.whenWritten(() -> order.add("with " + archive.held.size() + " records on the disk"));
        assertThat(order).containsExactly("nothing to wait for");
        archive.full = true;
        keeper.flush();
        assertThat(order).hasSize(1);
        archive.full = false;
        keeper.flush();
        assertThat(order).containsExactly("nothing to wait for", "with 1 records on the disk");
    }

    @Test
    void theWritingThreadWritesByItself() throws InterruptedException {
        RecordKeeper keeper = keeper(true);
        keeper.start();
        CountDownLatch written = new CountDownLatch(1);
        keeper.persist(0, RECORD);
        keeper.whenWritten(written::countDown);
        assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
        keeper.persist(1, RECORD);
        keeper.close();
        assertThat(archive.held).containsExactly(0L, 1L);
    }
}
