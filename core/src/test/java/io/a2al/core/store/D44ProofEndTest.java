package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PutResult;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Known-defects D-44: a stored record does not outlive the proof that its key may speak for its address. */
class D44ProofEndTest {

    private static final long NOW = 1_700_000_000L;
    private static final NodeId AGENT = Fixtures.A.nodeId();

    /** The proof ends in ten minutes, and is good for one minute more. */
    private static final long GRACE_OVER = NOW + 660;

    private final RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
    private final VerifiedRecord delegated =
            TestRecords.delegated(Fixtures.A, Fixtures.B, NOW - 100, NOW + 600, 7, NOW, 3600);

    @Test
    void aRecordGoesWithItsProof() {
        assertThat(store.put(NodeId.ZERO, delegated, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.getEndpoint(AGENT, GRACE_OVER - 1)).contains(delegated);
        assertThat(store.peekAll(AGENT, RecordType.ANY, GRACE_OVER - 1)).containsExactly(delegated);
        assertThat(store.getEndpoint(AGENT, GRACE_OVER)).isEmpty();
        assertThat(store.peekAll(AGENT, RecordType.ANY, GRACE_OVER)).isEmpty();
        assertThat(store.put(NodeId.ZERO, delegated, GRACE_OVER)).isEqualTo(PutResult.UNAUTHORIZED);
    }

    /** Long before its time to live ends, and although it is not read. */
    @Test
    void itsPlaceIsFreed() {
        store.put(NodeId.ZERO, delegated, NOW);
        assertThat(store.sweep(GRACE_OVER - 1)).isZero();
        assertThat(store.sweep(GRACE_OVER + 60)).isEqualTo(1);
        assertThat(store.keys()).isZero();
    }

    @Test
    void walletsProofsEndJustTheSame() {
        WalletKey wallet = Fixtures.wallet(1);
        for (Address agent : new Address[] {wallet.ethereumAddress(), wallet.paralismAddress()}) {
            DelegationProof proof =
                    DelegationProof.sign(wallet, Delegation.of(Fixtures.B.publicKey(), agent, NOW - 100, NOW + 600));
            VerifiedRecord record = TestRecords.delegated(Fixtures.B, agent, proof, 7, NOW, 3600);
            assertThat(store.put(NodeId.ZERO, record, NOW)).isEqualTo(PutResult.STORED);
            assertThat(store.getEndpoint(NodeId.ofAddress(agent), GRACE_OVER - 1))
                    .contains(record);
            assertThat(store.getEndpoint(NodeId.ofAddress(agent), GRACE_OVER)).isEmpty();
        }
        assertThat(store.sweep(GRACE_OVER + 60)).isEqualTo(2);
    }

    /** The record with the later delegation is the newer one for as long as that delegation counts, and no longer. */
    @Test
    void aRecordWhoseProofIsOverBlocksNothing() {
        VerifiedRecord own = TestRecords.endpoint(Fixtures.A, "own", 1, NOW - 1, 3600);
        assertThat(store.put(NodeId.ZERO, delegated, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, own, GRACE_OVER - 1)).isEqualTo(PutResult.STALE);
        assertThat(store.put(NodeId.ZERO, own, GRACE_OVER)).isEqualTo(PutResult.STORED);
        assertThat(store.peekAll(AGENT, RecordType.ANY, GRACE_OVER)).containsExactly(own);
    }

    @Test
    void aProofFromTheFutureIsRefused() {
        VerifiedRecord tolerable = TestRecords.delegated(Fixtures.A, Fixtures.B, NOW + 60, 0, 7, NOW, 3600);
        VerifiedRecord future = TestRecords.delegated(Fixtures.A, Fixtures.B, NOW + 61, 0, 8, NOW, 3600);
        assertThat(store.put(NodeId.ZERO, future, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.put(NodeId.ZERO, tolerable, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, future, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.getEndpoint(AGENT, NOW)).contains(tolerable);
    }

    @Test
    void aRecordWithoutItsProofIsRefused() {
        VerifiedRecord stripped = TestRecords.verify(delegated.record().withoutDelegation());
        assertThat(store.put(NodeId.ZERO, delegated, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, stripped, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.peekAll(AGENT, RecordType.ANY, NOW)).containsExactly(delegated);
    }

    @Test
    void aProofWithoutEndDoesNotLimitItsRecord() {
        VerifiedRecord endless = TestRecords.delegated(Fixtures.A, Fixtures.B, NOW - 100, 0, 7, NOW, 3600);
        store.put(NodeId.ZERO, endless, NOW);
        assertThat(store.getEndpoint(AGENT, NOW + 3600)).contains(endless);
    }

    /** Without a policy no proof is asked for, so that none can end. */
    @Test
    void withoutAPolicyProofsDoNotMatter() {
        RecordStore open = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.acceptAll());
        open.put(NodeId.ZERO, delegated, NOW);
        assertThat(open.sweep(NOW + 3600)).isZero();
        assertThat(open.getEndpoint(AGENT, NOW + 3600)).contains(delegated);
    }

    /** A policy is asked again on reading, so that one which changes its mind is obeyed at once. */
    @Test
    void aPolicyThatChangesItsMindIsObeyed() {
        RecordStore selective =
                new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard().and((key, record, now) -> now < NOW + 10));
        VerifiedRecord own = TestRecords.opaque(Fixtures.A, 2, Bytes.zeros(1), 1, NOW, 3600);
        assertThat(selective.put(NodeId.ZERO, own, NOW)).isEqualTo(PutResult.STORED);
        assertThat(selective.peekAll(AGENT, RecordType.ANY, NOW + 9)).containsExactly(own);
        assertThat(selective.peekAll(AGENT, RecordType.ANY, NOW + 10)).isEmpty();
    }
}
