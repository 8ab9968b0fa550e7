package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PutResult;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known-defects D-54: a proof that does not hold makes nothing newer, takes no place and keeps no record out. A is an
 * agent, B a key it delegated, C an unrelated identity.
 */
class D54BadProofTest {

    private static final long NOW = 1_700_000_000L;
    private static final long LATEST = -1;

    private final RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
    private final VerifiedRecord current = TestRecords.endpoint(Fixtures.A, "current", 5, NOW, 3600);

    private static DelegationProof proof(Identity master, Identity key, long issuedAt) {
        return DelegationProof.sign(master.newSigner(), key.publicKey(), issuedAt, 0);
    }

    /** Records that claim to be of A, to be newer than anything, and to be permitted by what stands in field 9. */
    static Stream<VerifiedRecord> forgeries() {
        Address agent = Fixtures.A.address();
        DelegationProof ownedByC = proof(Fixtures.C, Fixtures.C, LATEST);
        DelegationProof renamed =
                new DelegationProof(Delegation.of(Fixtures.C.publicKey(), agent, LATEST, 0), ownedByC.authorization());
        DelegationProof genuine = proof(Fixtures.A, Fixtures.B, NOW - 10);
        DelegationProof dated =
                new DelegationProof(Delegation.of(Fixtures.B.publicKey(), agent, NOW - 9, 0), genuine.authorization());
        DelegationProof otherScope = new DelegationProof(
                new Delegation(Fixtures.B.publicKey(), agent, NOW - 10, 0, 2),
                (Authorization.ByMasterKey) genuine.authorization());
        return Stream.of(
                TestRecords.delegated(Fixtures.C, agent, ownedByC, LATEST, NOW, 3600),
                TestRecords.delegated(Fixtures.C, agent, renamed, LATEST, NOW, 3600),
                TestRecords.delegated(Fixtures.C, agent, genuine, LATEST, NOW, 3600),
                TestRecords.delegated(Fixtures.B, agent, dated, LATEST, NOW, 3600),
                TestRecords.delegated(Fixtures.B, agent, otherScope, LATEST, NOW, 3600))
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgeryReplacesNothing(VerifiedRecord forged) {
        store.put(NodeId.ZERO, current, NOW);
        assertThat(store.put(NodeId.ZERO, forged, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.getAll(Fixtures.A.nodeId(), RecordType.ANY, NOW)).containsExactly(current);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgeryThatComesFirstKeepsNoRecordOut(VerifiedRecord forged) {
        assertThat(store.put(NodeId.ZERO, forged, NOW)).isEqualTo(PutResult.UNAUTHORIZED);
        assertThat(store.records()).isZero();
        assertThat(store.put(NodeId.ZERO, current, NOW)).isEqualTo(PutResult.STORED);
    }

    /**
     * The rollback of the defect's description: an old record of the agent's own, with a proof of another identity
     * added.
     */
    @Test
    void anOldRecordDoesNotComeBackByAProofHungOn() {
        VerifiedRecord old = TestRecords.delegated(
                Fixtures.A, Fixtures.A.address(), proof(Fixtures.C, Fixtures.A, LATEST), 4, NOW - 10, 3600);
        store.put(NodeId.ZERO, current, NOW);
        assertThat(store.put(NodeId.ZERO, old, NOW)).isEqualTo(PutResult.STALE);
        VerifiedRecord renewal = TestRecords.endpoint(Fixtures.A, "renewal", 6, NOW, 3600);
        assertThat(store.put(NodeId.ZERO, renewal, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, old, NOW)).isEqualTo(PutResult.STALE);
        assertThat(store.getAll(Fixtures.A.nodeId(), RecordType.ANY, NOW)).containsExactly(renewal);
    }

    /** Two keys can take turns by their delegations only. */
    @Test
    void aGenuineNewerDelegationWinsAndAnOlderOneDoesNot() {
        VerifiedRecord byB = TestRecords.delegated(Fixtures.A, Fixtures.B, NOW - 20, 0, 100, NOW, 3600);
        VerifiedRecord byC = TestRecords.delegated(Fixtures.A, Fixtures.C, NOW - 10, 0, 1, NOW - 5, 3600);
        store.put(NodeId.ZERO, current, NOW);
        assertThat(store.put(NodeId.ZERO, byC, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(NodeId.ZERO, byB, NOW)).isEqualTo(PutResult.STALE);
        assertThat(store.put(NodeId.ZERO, current, NOW)).isEqualTo(PutResult.STALE);
        assertThat(store.getAll(Fixtures.A.nodeId(), RecordType.ANY, NOW)).containsExactly(byC);
    }
}
