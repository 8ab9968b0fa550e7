package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a listener has kept is always what the store holds. */
class StoreChangesTest {

    private static final long NOW = 1_800_000_000L;
    private static final int TOPICS = 4;

    private final RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.acceptAll());

    /** A copy of the store that is made of the changes alone. */
    private final TreeMap<Long, StoredRecord> copy = new TreeMap<>();

    private int kept;

    StoreChangesTest() {
        store.subscribe(new ChangeListener() {
            @Override
            public void onKept(long number, StoredRecord record) {
                kept++;
                assertThat(copy.put(number, record))
                        .as("number %d again", number)
                        .isNull();
            }

            @Override
            public void onRemoved(long number) {
                assertThat(copy.remove(number)).as("number %d", number).isNotNull();
            }
        });
    }

    private void assertCopied() {
        assertThat(copy.values()).containsExactlyInAnyOrderElementsOf(store.all(NOW));
    }

    private static VerifiedRecord entry(int topic, int agent, long sequence) {
        return TestRecords.topic(TestRecords.publisher(agent), "topic-" + topic, sequence, NOW, 3600);
    }

    private static NodeId key(int topic) {
        return Topics.keyOf("topic-" + topic);
    }

    @Test
    void everyChangeIsRaisedOnce() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            int topic = random.nextInt(TOPICS);
            Origin origin = switch (random.nextInt(3)) {
                case 0 -> Origin.LOCAL;
                case 1 -> Origin.UNPROVEN;
                default -> Origin.of(new Subnet(Bytes.copyOf(new byte[] {1, 2, (byte) random.nextInt(9)})));
            };
            store.put(key(topic), entry(topic, random.nextInt(150), 1 + random.nextInt(4)), origin, NOW);
            if (random.nextInt(100) == 0) {
                store.remove(key(topic), RecordType.ANY);
            }
            if (random.nextInt(200) == 0) {
                store.setMaxKeys(1 + random.nextInt(TOPICS));
            }
        }
        assertThat(kept).isGreaterThan(200);
        assertCopied();
    }

    @Test
    void sweepingIsRaised() {
        store.put(key(1), entry(1, 1, 1), NOW);
        store.put(key(2), entry(2, 2, 1), NOW);
        store.sweep(NOW + 10_000);
        assertThat(copy).isEmpty();
    }

    @Test
    void aBetterOriginGivesAnotherNumber() {
        store.put(key(1), entry(1, 1, 1), Origin.UNPROVEN, NOW);
        long first = copy.firstKey();
        store.put(key(1), entry(1, 1, 1), Origin.LOCAL, NOW);
        assertThat(copy).hasSize(1).doesNotContainKey(first);
        assertCopied();
    }

    @Test
    void whatIsRestoredIsKnownAlready() {
        StoredRecord older = new StoredRecord(key(1), entry(1, 1, 1), Origin.LOCAL);
        StoredRecord newer = new StoredRecord(key(1), entry(1, 1, 2), Origin.LOCAL);
        assertThat(store.restore(-2, older, NOW)).isTrue();
        assertThat(store.restore(-2, older, NOW)).as("again").isTrue();
        assertThat(copy).isEmpty();
        copy.put(-2L, older);

        store.put(newer.key(), newer.record(), NOW);
        assertCopied();
        assertThat(store.restore(-1, older, NOW)).as("an older one").isFalse();
        assertCopied();
        assertThatThrownBy(() -> store.restore(0, older, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.numberedAt(newer.key())).isEqualTo(copy);
    }

    @Test
    void aBetterOriginCountsForJustTheRecordThatItBrings() {
        store.put(key(1), entry(1, 1, 2), Origin.UNPROVEN, NOW);
        store.put(key(1), entry(1, 2, 1), Origin.UNPROVEN, NOW);
        store.put(key(1), entry(1, 1, 1), Origin.LOCAL, NOW);
        assertThat(store.at(key(1), NOW)).extracting(StoredRecord::origin).containsOnly(Origin.UNPROVEN);

        store.improveOrigin(key(1), entry(1, 2, 1), Origin.LOCAL, NOW);
        assertThat(store.at(key(1), NOW))
                .containsExactly(
                        new StoredRecord(key(1), entry(1, 1, 2), Origin.UNPROVEN),
                        new StoredRecord(key(1), entry(1, 2, 1), Origin.LOCAL));
        assertCopied();
        store.improveOrigin(key(1), entry(1, 2, 1), Origin.UNPROVEN, NOW);
        store.improveOrigin(key(1), entry(1, 3, 1), Origin.LOCAL, NOW);
        assertThat(store.at(key(1), NOW))
                .extracting(StoredRecord::origin)
                .containsExactly(Origin.UNPROVEN, Origin.LOCAL);
    }
}
