package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.PutResult;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known-defects D-27: no claim, however large, holds a place for ever. */
class D27RetentionTest {

    private static final long NOW = 1_700_000_000L;
    private static final long FOREVER = 0xffff_ffffL;
    private static final long WEEK = 604_800;
    private static final long TWO_HOURS = 7_200;

    /** A record that claims 136 years, its key, and how long it is really kept. */
    record Claim(NodeId key, VerifiedRecord record, long kept) {}

    static Stream<Claim> claims() {
        return Stream.of(
                new Claim(Fixtures.A.nodeId(), TestRecords.endpoint(Fixtures.A, "x", 1, NOW, FOREVER), WEEK),
                new Claim(
                        Fixtures.A.nodeId(), TestRecords.opaque(Fixtures.A, 2, Bytes.zeros(9), 1, NOW, FOREVER), WEEK),
                new Claim(Topics.keyOf("t"), TestRecords.topic(Fixtures.A, "t", 1, NOW, FOREVER), TWO_HOURS),
                new Claim(
                        Fixtures.B.nodeId(),
                        TestRecords.note(Fixtures.A, Fixtures.B.address(), 1, 1, NOW, FOREVER),
                        TWO_HOURS));
    }

    private static RecordStore store(Retention retention) {
        return new RecordStore(StoreLimits.DEFAULT.withRetention(retention), RecordPolicy.standard());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void d27_aRecordIsKeptUnalteredUntilTheRetentionEnds(Claim claim) {
        RecordStore store = store(Retention.DEFAULT);
        assertThat(store.put(claim.key, claim.record, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.getAll(claim.key, RecordType.ANY, NOW + claim.kept)).containsExactly(claim.record);
        assertThat(store.getAll(claim.key, RecordType.ANY, NOW + claim.kept + 1))
                .isEmpty();
        assertThat(store.sweep(NOW + claim.kept)).isZero();
        assertThat(store.sweep(NOW + claim.kept + 61)).isEqualTo(1);
        assertThat(store.keys()).isZero();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void d27_storingARecordAgainDoesNotProlongIt(Claim claim) {
        RecordStore store = store(Retention.DEFAULT);
        for (long later : new long[] {0, claim.kept / 2, claim.kept}) {
            assertThat(store.put(claim.key, claim.record, NOW + later).isHeld()).isTrue();
        }
        assertThat(store.put(claim.key, claim.record, NOW + claim.kept + 1)).isEqualTo(PutResult.TOO_OLD);
        assertThat(PutResult.TOO_OLD.isHeld()).isFalse();
        assertThat(store.getAll(claim.key, RecordType.ANY, NOW + claim.kept + 1))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void whatIsKeptAsClaimedIsKeptAsClaimed(Claim claim) {
        RecordStore store = store(Retention.AS_CLAIMED);
        store.put(claim.key, claim.record, NOW);
        assertThat(store.sweep(NOW + FOREVER)).isZero();
        assertThat(store.getAll(claim.key, RecordType.ANY, NOW + FOREVER)).containsExactly(claim.record);
        assertThat(store.getAll(claim.key, RecordType.ANY, NOW + FOREVER + 1)).isEmpty();
    }

    @Test
    void d27_aShorterTimeToLiveCountsAsItIs() {
        RecordStore store = store(Retention.DEFAULT);
        VerifiedRecord brief = TestRecords.endpoint(Fixtures.A, "x", 1, NOW, 60);
        store.put(NodeId.ZERO, brief, NOW);
        assertThat(store.getEndpoint(Fixtures.A.nodeId(), NOW + 60)).contains(brief);
        assertThat(store.getEndpoint(Fixtures.A.nodeId(), NOW + 61)).isEmpty();
        assertThat(store.put(NodeId.ZERO, brief, NOW + 61)).isEqualTo(PutResult.EXPIRED);
    }

    @Test
    void timesAtTheEndOfTheirRangeDoNotWrap() {
        VerifiedRecord last = TestRecords.endpoint(Fixtures.A, "x", 1, -1, FOREVER);
        assertThat(Retention.DEFAULT.endOf(last)).isEqualTo(-1);
        VerifiedRecord wide = TestRecords.endpoint(Fixtures.A, "x", 1, -1 - WEEK, FOREVER);
        assertThat(Retention.DEFAULT.endOf(wide)).isEqualTo(-1);
    }

    /** A stolen key signed with the largest sequence number; a newer delegation displaces its record. */
    @Test
    void d27_theOwnerDisplacesAStolenKeyWhateverItsSequenceNumber() {
        RecordStore store = store(Retention.DEFAULT);
        VerifiedRecord stolen = TestRecords.delegated(Fixtures.A, Fixtures.B, NOW - 100, 0, -1, NOW, FOREVER);
        VerifiedRecord genuine = TestRecords.delegated(Fixtures.A, Fixtures.C, NOW - 99, 0, 0, NOW - 1, 3600);
        assertThat(store.put(NodeId.ZERO, stolen, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, genuine, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, stolen, NOW)).isEqualTo(PutResult.STALE);
        assertThat(store.getAll(Fixtures.A.nodeId(), RecordType.ANY, NOW)).containsExactly(genuine);
    }

    @Test
    void aRetentionBelowOneSecondIsRejected() {
        assertThatThrownBy(() -> new Retention(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        Retention shortest = new Retention(1, 1, 1);
        assertThat(store(shortest).put(NodeId.ZERO, TestRecords.endpoint(Fixtures.A, "x", 1, NOW, 60), NOW + 1))
                .isEqualTo(PutResult.STORED);
    }
}
