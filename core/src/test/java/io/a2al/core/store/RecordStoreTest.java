package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStoreTest {

    /** A full minute, because the calendar's pages are minutes. */
    private static final long NOW = 1_700_000_040L;

    private static final NodeId TOPIC = Topics.keyOf("tests");

    private static RecordStore store(StoreLimits limits) {
        return new RecordStore(limits, RecordPolicy.acceptAll());
    }

    private static RecordStore store(int maxKeys) {
        return store(StoreLimits.DEFAULT.withMaxKeys(maxKeys));
    }

    private static VerifiedRecord endpointOf(int number) {
        return TestRecords.endpoint(Fixtures.identity(number), "x", 1, NOW, 3600);
    }

    // ---- limits -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void limitsHoldWhateverComes(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        StoreLimits limits =
                new StoreLimits(3 + random.nextInt(6), 3, 5, 6, 2, Retention.DEFAULT, StoreLimits.DEFAULT.quotas());
        RecordStore store = store(limits);
        List<NodeId> keys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            keys.add(Topics.keyOf("topic " + i));
        }
        for (int i = 0; i < 8; i++) {
            keys.add(Fixtures.identity(i).nodeId());
        }
        long now = NOW;
        for (int i = 0; i < 400; i++) {
            now += random.nextInt(40);
            VerifiedRecord offer = randomRecord(random, now);
            NodeId key = offer.category().isKeyedByAddress() ? offer.addressId() : keys.get(random.nextInt(12));
            PutResult result = store.put(key, offer, now);
            assertThat(result).isIn(PutResult.STORED, PutResult.STALE);
            checkLimits(store, limits, keys, now);
            if (i % 10 == 9) {
                // On a full minute no expired record remains, as none expires on one.
                now += 60 - now % 60;
                store.sweep(now);
                checkLimits(store, limits, keys, now);
                checkCounts(store, keys, now);
            }
        }
    }

    @Test
    void listenersAreToldOfJustTheKeysThatHoldNothingAnyLonger() {
        RandomGenerator random = new SplittableRandom(7);
        RecordStore store = store(5);
        Set<NodeId> known = new HashSet<>();
        List<NodeId> dropped = new ArrayList<>();
        store.subscribe(key -> {
            assertThat(known.remove(key)).isTrue();
            dropped.add(key);
        });
        long now = NOW;
        for (int i = 0; i < 500; i++) {
            VerifiedRecord offer = randomRecord(random, now);
            NodeId key = offer.category().isKeyedByAddress() ? offer.addressId() : TOPIC;
            known.add(key);
            if (store.put(key, offer, now) == PutResult.STORED && i % 7 == 0) {
                store.remove(key, offer.record().type());
            }
            now += random.nextInt(40);
            store.sweep(now);
            assertThat(store.keyList()).hasSameElementsAs(known);
        }
        store.setMaxKeys(1);
        assertThat(store.keyList()).hasSameElementsAs(known).hasSize(1);
        assertThat(dropped).hasSizeGreaterThan(50);
    }

    @Test
    void theKeyOfARecordIsKeptOnceWhicheverObjectNamesIt() {
        RecordStore store = store(5);
        VerifiedRecord offer = TestRecords.endpoint(Fixtures.identity(1), "p", 1, NOW, 60);
        NodeId another = NodeId.of(offer.addressId().toBytes());
        assertThat(store.put(another, offer, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.keyList().getFirst()).isSameAs(offer.addressId());
    }

    private static VerifiedRecord randomRecord(RandomGenerator random, long now) {
        Identity publisher = Fixtures.identity(random.nextInt(8));
        long timestamp = now - random.nextInt(3);
        long ttl = 30 + 60L * random.nextInt(6);
        // Ends half a minute past a full one, so that it never expires on a full minute.
        ttl += Math.floorMod(29 - (timestamp + ttl), 60);
        long sequence = random.nextInt(20);
        return switch (random.nextInt(4)) {
            case 0 -> TestRecords.endpoint(publisher, "p" + random.nextInt(3), sequence, timestamp, ttl);
            case 1 ->
                TestRecords.opaque(publisher, 2 + random.nextInt(6), Bytes.fromHex("a0"), sequence, timestamp, ttl);
            case 2 -> TestRecords.topic(publisher, "t", sequence, timestamp, ttl);
            default -> TestRecords.note(publisher, Fixtures.A.address(), random.nextInt(5), sequence, timestamp, ttl);
        };
    }

    private static void checkLimits(RecordStore store, StoreLimits limits, List<NodeId> keys, long now) {
        assertThat(store.keys()).isLessThanOrEqualTo(limits.maxKeys());
        int valid = 0;
        for (NodeId key : keys) {
            List<VerifiedRecord> held = store.peekAll(key, RecordType.ANY, now);
            valid += held.size();
            assertThat(held).doesNotHaveDuplicates();
            Map<Bytes, Integer> notes = new HashMap<>();
            int[] byCategory = new int[3];
            for (VerifiedRecord record : held) {
                switch (record.category()) {
                    case SOVEREIGN, UNKNOWN -> byCategory[0]++;
                    case TOPIC -> byCategory[1]++;
                    case MAILBOX -> {
                        byCategory[2]++;
                        notes.merge(record.record().publicKey(), 1, Integer::sum);
                    }
                }
            }
            assertThat(byCategory[0]).isLessThanOrEqualTo(limits.addressRecordsPerKey());
            assertThat(byCategory[1]).isLessThanOrEqualTo(limits.topicRecordsPerKey());
            assertThat(byCategory[2]).isLessThanOrEqualTo(limits.mailboxRecordsPerKey());
            assertThat(notes.values()).allMatch(count -> count <= limits.mailboxRecordsPerSender());
        }
        assertThat(store.records()).isGreaterThanOrEqualTo(valid);
    }

    private static void checkCounts(RecordStore store, List<NodeId> keys, long now) {
        int records = 0;
        int used = 0;
        for (NodeId key : keys) {
            int held = store.peekAll(key, RecordType.ANY, now).size();
            records += held;
            used += held > 0 ? 1 : 0;
        }
        assertThat(store.records()).isEqualTo(records);
        assertThat(store.keys()).isEqualTo(used);
    }

    @Test
    void theRandomRecordsReachEveryLimit() {
        RandomGenerator random = new SplittableRandom(9);
        Map<RecordCategory, Integer> made = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            made.merge(randomRecord(random, NOW).category(), 1, Integer::sum);
        }
        assertThat(made).containsKeys(RecordCategory.SOVEREIGN, RecordCategory.TOPIC, RecordCategory.MAILBOX);
    }

    // ---- eviction ---------------------------------------------------------------------------------------------

    @Test
    void d24_keysReadByPeersAreEvictedAllTheSame() {
        RecordStore store = store(3);
        for (int i = 0; i < 3; i++) {
            store.put(NodeId.ZERO, endpointOf(i), NOW);
        }
        NodeId oldest = Fixtures.identity(0).nodeId();
        assertThat(store.peekAll(oldest, RecordType.ANY, NOW)).hasSize(1);
        store.put(NodeId.ZERO, endpointOf(3), NOW);
        assertThat(store.peekAll(oldest, RecordType.ANY, NOW)).isEmpty();
        assertThat(store.keys()).isEqualTo(3);
    }

    @Test
    void whatWeReadOurselvesStays() {
        RecordStore store = store(3);
        for (int i = 0; i < 3; i++) {
            store.put(NodeId.ZERO, endpointOf(i), NOW);
        }
        NodeId oldest = Fixtures.identity(0).nodeId();
        assertThat(store.getAll(oldest, RecordType.ANY, NOW)).hasSize(1);
        assertThat(store.keyList()).last().isEqualTo(oldest);
        store.put(NodeId.ZERO, endpointOf(3), NOW);
        assertThat(store.peekAll(oldest, RecordType.ANY, NOW)).hasSize(1);
        assertThat(store.peekAll(Fixtures.identity(1).nodeId(), RecordType.ANY, NOW))
                .isEmpty();
    }

    @Test
    void whatIsRenewedStays() {
        RecordStore store = store(3);
        for (int i = 0; i < 3; i++) {
            store.put(NodeId.ZERO, endpointOf(i), NOW);
        }
        NodeId oldest = Fixtures.identity(0).nodeId();
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.identity(0), "x", 2, NOW, 3600), NOW);
        store.put(NodeId.ZERO, endpointOf(3), NOW);
        assertThat(store.contains(oldest)).isTrue();
        assertThat(store.contains(Fixtures.identity(1).nodeId())).isFalse();
    }

    @Test
    void theNextRecordToServeIsRememberedPerKey() {
        RecordStore store = store(3);
        store.put(NodeId.ZERO, endpointOf(0), NOW);
        store.put(NodeId.ZERO, endpointOf(1), NOW);
        NodeId key = Fixtures.identity(0).nodeId();
        assertThat(store.nextToServe(key)).isEmpty();
        store.setNextToServe(key, 7);
        assertThat(store.nextToServe(key)).hasValue(7);
        assertThat(store.nextToServe(Fixtures.identity(1).nodeId())).isEmpty();
        store.setNextToServe(TOPIC, 1);
        assertThat(store.nextToServe(TOPIC)).as("a key that is not held").isEmpty();
    }

    @Test
    void d24_theKeyJustStoredIsNotEvicted() {
        RecordStore store = store(2);
        for (int i = 0; i < 50; i++) {
            store.put(NodeId.ZERO, endpointOf(i), NOW);
            assertThat(store.peekAll(Fixtures.identity(i).nodeId(), RecordType.ANY, NOW))
                    .hasSize(1);
        }
        assertThat(store.keys()).isEqualTo(2);
        assertThat(store.records()).isEqualTo(2);
    }

    @Test
    void theNumberOfKeysCanBeChangedAtAnyTime() {
        RecordStore store = store(10);
        for (int i = 0; i < 10; i++) {
            store.put(NodeId.ZERO, endpointOf(i), NOW);
        }
        store.setMaxKeys(4);
        assertThat(store.statistics().keys()).isEqualTo(new Occupancy(4, 4));
        assertThat(store.records()).isEqualTo(4);
        assertThat(store.peekAll(Fixtures.identity(6).nodeId(), RecordType.ANY, NOW))
                .hasSize(1);
        store.put(NodeId.ZERO, endpointOf(10), NOW);
        assertThat(store.keys()).isEqualTo(4);
        store.setMaxKeys(5);
        store.put(NodeId.ZERO, endpointOf(11), NOW);
        assertThat(store.keys()).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> store.setMaxKeys(0));
    }

    @Test
    void aKeyCanBeEmptiedWhollyOrOfOneType() {
        RecordStore store = store(10);
        NodeId key = Fixtures.A.nodeId();
        VerifiedRecord endpoint = TestRecords.endpoint(Fixtures.A, "x", 1, NOW, 60);
        VerifiedRecord other = TestRecords.opaque(Fixtures.A, 5, Bytes.fromHex("a0"), 1, NOW, 60);
        store.put(key, endpoint, NOW);
        store.put(key, other, NOW);
        assertThat(store.all(NOW))
                .containsExactly(
                        new StoredRecord(key, endpoint, Origin.LOCAL), new StoredRecord(key, other, Origin.LOCAL));
        assertThat(store.remove(key, 6)).isZero();
        assertThat(store.remove(key, RecordType.ENDPOINT)).isEqualTo(1);
        assertThat(store.getAll(key, RecordType.ANY, NOW)).containsExactly(other);
        assertThat(store.remove(key, RecordType.ANY)).isEqualTo(1);
        assertThat(store.remove(key, RecordType.ANY)).isZero();
        assertThat(store.keys()).isZero();
        assertThat(store.records()).isZero();
        assertThat(store.put(key, endpoint, NOW))
                .as("as if it had never been there")
                .isEqualTo(PutResult.STORED);
        assertThat(store.sweep(NOW + 600)).isEqualTo(1);
    }

    // ---- expiry -----------------------------------------------------------------------------------------------

    @Test
    void d25_anExpiredRecordDoesNotMakeOthersAppearTwice() {
        RecordStore store = store(10);
        VerifiedRecord a = TestRecords.topic(Fixtures.A, "tests", 1, NOW, 10);
        VerifiedRecord b = TestRecords.topic(Fixtures.B, "tests", 1, NOW, 100);
        VerifiedRecord c = TestRecords.topic(Fixtures.C, "tests", 1, NOW, 100);
        for (VerifiedRecord record : List.of(a, b, c)) {
            store.put(TOPIC, record, NOW);
        }
        assertThat(store.getAll(TOPIC, RecordType.ANY, NOW + 10)).containsExactly(a, b, c);
        for (int i = 0; i < 3; i++) {
            assertThat(store.getAll(TOPIC, RecordType.ANY, NOW + 11)).containsExactly(b, c);
            assertThat(store.peekAll(TOPIC, RecordType.ANY, NOW + 11)).containsExactly(b, c);
        }
    }

    @Test
    void d25_sweepingDropsWhatExpiredAndNothingElse() {
        RecordStore store = store(10);
        VerifiedRecord brief = TestRecords.topic(Fixtures.A, "tests", 1, NOW, 29);
        VerifiedRecord lasting = TestRecords.topic(Fixtures.B, "tests", 1, NOW, 629);
        VerifiedRecord alone = TestRecords.endpoint(Fixtures.C, "x", 1, NOW, 29);
        store.put(TOPIC, brief, NOW);
        store.put(TOPIC, lasting, NOW);
        store.put(NodeId.ZERO, alone, NOW);
        assertThat(store.sweep(NOW)).isZero();
        assertThat(store.sweep(NOW + 29)).isZero();
        assertThat(store.records()).isEqualTo(3);
        assertThat(store.sweep(NOW + 60)).isEqualTo(2);
        assertThat(store.records()).isEqualTo(1);
        assertThat(store.keys()).isEqualTo(1);
        assertThat(store.peekAll(TOPIC, RecordType.ANY, NOW + 60)).containsExactly(lasting);
        assertThat(store.sweep(NOW + 60)).isZero();
        assertThat(store.sweep(NOW + 660)).isEqualTo(1);
        assertThat(store.keys()).isZero();
    }

    @Test
    void d25_whatHasExpiredIsNotCountedAlthoughItWasNotSweptYet() {
        RecordStore store = store(10);
        store.put(TOPIC, TestRecords.topic(Fixtures.A, "tests", 1, NOW, 29), NOW);
        store.put(TOPIC, TestRecords.topic(Fixtures.B, "tests", 1, NOW, 629), NOW);
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.C, "x", 1, NOW, 29), NOW);
        assertThat(store.size(NOW)).isEqualTo(2);
        assertThat(store.size(NOW + 29)).isEqualTo(2);
        assertThat(store.size(NOW + 30)).isEqualTo(1);
        assertThat(store.keys()).isEqualTo(2);
        assertThat(store.all(NOW + 30)).hasSize(1);
        assertThat(store.size(NOW + 630)).isZero();
        assertThat(store.all(NOW + 630)).isEmpty();
    }

    /** Neither of them has ended at the time that it was to end at first. */
    @Test
    void d25_whatIsNoLongerHeldOrWasRenewedIsNotCountedAsEnded() {
        RecordStore store = store(10);
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.A, "x", 1, NOW, 29), NOW);
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.B, "x", 1, NOW, 29), NOW);
        store.put(NodeId.ZERO, endpointOf(1), NOW);
        store.remove(Fixtures.A.nodeId(), RecordType.ANY);
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.B, "x", 2, NOW, 149), NOW);
        assertThat(store.size(NOW + 90)).isEqualTo(2);
        assertThat(store.size(NOW + 180)).isEqualTo(1);
    }

    @Test
    void aRenewedRecordIsNotSweptWithItsPredecessor() {
        RecordStore store = store(10);
        store.put(NodeId.ZERO, TestRecords.endpoint(Fixtures.A, "old", 1, NOW, 29), NOW);
        VerifiedRecord renewed = TestRecords.endpoint(Fixtures.A, "new", 2, NOW + 20, 3600);
        assertThat(store.put(NodeId.ZERO, renewed, NOW + 20)).isEqualTo(PutResult.STORED);
        assertThat(store.sweep(NOW + 300)).isZero();
        assertThat(store.getEndpoint(Fixtures.A.nodeId(), NOW + 300)).contains(renewed);
    }

    // ---- policy -----------------------------------------------------------------------------------------------

    @Test
    void theStandardPolicyBindsTopicsAndNotesToTheirKeys() {
        RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
        VerifiedRecord entry = TestRecords.topic(Fixtures.A, "tests", 1, NOW, 60);
        assertThat(store.put(Topics.keyOf("others"), entry, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.put(TOPIC, entry, NOW)).isEqualTo(PutResult.STORED);
        VerifiedRecord note = TestRecords.note(Fixtures.A, Fixtures.B.address(), 1, 1, NOW, 60);
        assertThat(store.put(Fixtures.C.nodeId(), note, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.put(Fixtures.B.nodeId(), note, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.keys()).isEqualTo(2);
    }

    @Test
    void d51_staleMeansThatItIsHeld() {
        RecordStore store = store(10);
        VerifiedRecord record = endpointOf(1);
        assertThat(store.put(NodeId.ZERO, record, NOW).isHeld()).isTrue();
        assertThat(store.put(NodeId.ZERO, record, NOW)).isEqualTo(PutResult.STALE);
        assertThat(PutResult.STALE.isHeld()).isTrue();
        assertThat(store.put(TOPIC, record, NOW).isHeld()).isFalse();
        assertThat(store.put(NodeId.ZERO, record, NOW + 5000).isHeld()).isFalse();
        assertThat(store.put(NodeId.ZERO, record, NOW - 61).isHeld()).isFalse();
    }
}
