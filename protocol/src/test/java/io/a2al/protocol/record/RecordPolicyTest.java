package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A is an agent, B its operational key, C a stranger. */
class RecordPolicyTest {

    private static final NodeId ELSEWHERE = Fixtures.C.nodeId();

    private final RecordVerifier verifier = Fixtures.recordVerifier();

    private VerifiedRecord own(int type, Bytes payload) throws InvalidRecordException {
        return verifier.verify(RecordSigner.self(Fixtures.A.newSigner()).sign(type, payload, 1, Fixtures.NOW, 60));
    }

    private VerifiedRecord delegated(Identity operational, long issuedAt, long expiresAt)
            throws InvalidRecordException {
        Bytes proof = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), issuedAt, expiresAt)
                .encode();
        return verifier.verify(RecordSigner.delegated(operational.newSigner(), Fixtures.A.address(), proof)
                .sign(3, Bytes.EMPTY, 1, Fixtures.NOW, 60));
    }

    private static boolean ownerOnly(NodeId key, VerifiedRecord record) {
        return RecordPolicy.ownerOnly().allows(key, record, Fixtures.NOW);
    }

    private static boolean standard(NodeId key, VerifiedRecord record) {
        return RecordPolicy.standard().allows(key, record, Fixtures.NOW);
    }

    @Test
    void acceptAllDemandsNothing() throws Exception {
        RecordPolicy policy = RecordPolicy.acceptAll();
        assertThat(policy.allows(ELSEWHERE, own(3, Bytes.EMPTY), 0)).isTrue();
        assertThat(policy.allows(ELSEWHERE, delegated(Fixtures.C, 0, 1), 0)).isTrue();
    }

    @Test
    void sovereignRecordsLiveAtTheirAddressOnly() throws Exception {
        VerifiedRecord record = own(3, Bytes.EMPTY);
        assertThat(ownerOnly(Fixtures.A.nodeId(), record)).isTrue();
        assertThat(ownerOnly(ELSEWHERE, record)).isFalse();
        assertThat(standard(Fixtures.A.nodeId(), record)).isTrue();
        assertThat(standard(ELSEWHERE, record)).isFalse();
    }

    @Test
    void recordsOfUnknownTypesLiveAnywhereForOwnersButNotByTheStandard() throws Exception {
        VerifiedRecord record = verifier.verify(
                RecordSigner.self(Fixtures.A.newSigner()).signAnything(0x20, Optional.empty(), 1, Fixtures.NOW, 60));
        assertThat(ownerOnly(ELSEWHERE, record)).isTrue();
        assertThat(standard(ELSEWHERE, record)).isFalse();
        assertThat(standard(Fixtures.A.nodeId(), record)).isTrue();
    }

    @Test
    void topicAndMailboxRecordsThatNameTheirKeyLiveThereByTheStandard() throws Exception {
        VerifiedRecord topic = own(
                RecordType.TOPIC,
                TopicPayload.of("ai/demo", "", List.of(), List.of()).encode());
        VerifiedRecord note = own(
                RecordType.MAILBOX,
                Bytes.fromHex("a10155").concat(Fixtures.B.address().toBytes()));
        assertThat(standard(Topics.keyOf("ai/demo"), topic)).isTrue();
        assertThat(standard(Fixtures.A.nodeId(), topic)).isFalse();
        assertThat(ownerOnly(ELSEWHERE, topic)).isTrue();
        assertThat(standard(Fixtures.B.nodeId(), note)).isTrue();
        assertThat(standard(Fixtures.A.nodeId(), note)).isFalse();
        assertThat(ownerOnly(ELSEWHERE, note)).isTrue();
    }

    @Test
    void recordsThatNameNoKeyLiveAnywhere() throws Exception {
        assertThat(standard(ELSEWHERE, own(RecordType.MAILBOX, Bytes.EMPTY))).isTrue();
        assertThat(standard(ELSEWHERE, own(0x11, Bytes.EMPTY))).isTrue();
    }

    @Test
    void strangersDoNotSpeakForAnAddress() throws Exception {
        VerifiedRecord stranger = delegated(Fixtures.C, 0, 0);
        assertThat(stranger.authority()).isEqualTo(new Authority.Unproven());
        assertThat(ownerOnly(Fixtures.A.nodeId(), stranger)).isFalse();
        assertThat(standard(Fixtures.A.nodeId(), stranger)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // issued, expires, now, allowed
        "1000, 2000, 939, false",
        "1000, 2000, 940, true",
        "1000, 2000, 1500, true",
        "1000, 2000, 2000, true",
        "1000, 2000, 2059, true",
        "1000, 2000, 2060, false",
        "1000, 0, 939, false",
        "1000, 0, 9000000000, true",
        // expires before it was issued: nothing but the tolerance is left
        "1000, 990, 1049, true",
        "1000, 990, 1050, false",
        // the whole unsigned range
        "18446744073709551615, 0, 1700000000, false",
        "0, 18446744073709551615, 1700000000, true",
        "0, 1, 0, true",
        "0, 1, 60, true",
        "0, 1, 61, false"
    })
    void aProofCountsFromAMinuteBeforeToAMinuteAfter(String issuedAt, String expiresAt, long now, boolean allowed)
            throws Exception {
        VerifiedRecord record =
                delegated(Fixtures.B, Long.parseUnsignedLong(issuedAt), Long.parseUnsignedLong(expiresAt));
        assertThat(record.authority()).isInstanceOf(Authority.Delegated.class);
        assertThat(RecordPolicy.ownerOnly().allows(Fixtures.A.nodeId(), record, now))
                .isEqualTo(allowed);
        assertThat(RecordPolicy.standard().allows(Fixtures.A.nodeId(), record, now))
                .isEqualTo(allowed);
        assertThat(RecordPolicy.ownerOnly().allows(ELSEWHERE, record, now)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 2000, 939, false",
        "1000, 2000, 940, true",
        "1000, 2000, 2059, true",
        "1000, 2000, 2060, false",
        "1000, 0, 9000000000, true",
        "18446744073709551615, 0, 1700000000, false"
    })
    void proofsByWalletsCountJustAsLong(String issuedAt, String expiresAt, long now, boolean allowed) throws Exception {
        WalletKey wallet = Fixtures.wallet(1);
        for (Address agent : List.of(wallet.ethereumAddress(), wallet.paralismAddress())) {
            Bytes proof = DelegationProof.sign(
                            wallet,
                            Delegation.of(
                                    Fixtures.B.publicKey(),
                                    agent,
                                    Long.parseUnsignedLong(issuedAt),
                                    Long.parseUnsignedLong(expiresAt)))
                    .encode();
            VerifiedRecord record = verifier.verify(RecordSigner.delegated(Fixtures.B.newSigner(), agent, proof)
                    .sign(3, Bytes.EMPTY, 1, Fixtures.NOW, 60));
            NodeId key = NodeId.ofAddress(agent);
            assertThat(RecordPolicy.ownerOnly().allows(key, record, now)).isEqualTo(allowed);
            assertThat(RecordPolicy.standard().allows(key, record, now)).isEqualTo(allowed);
            assertThat(RecordPolicy.standard().allows(ELSEWHERE, record, now)).isFalse();
        }
    }

    /** What the policy says of an expiry is what the proof itself says. */
    @Test
    void policyAndProofAgreeOnTheEnd() throws Exception {
        for (long expiresAt : new long[] {0, 1, 60, 61, 5_000, Long.MAX_VALUE, -61, -1}) {
            DelegationProof proof = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 0, expiresAt);
            VerifiedRecord record = delegated(Fixtures.B, 0, expiresAt);
            for (long now : new long[] {0, 1, 59, 60, 61, 119, 120, 121, 5_059, 5_060, Fixtures.NOW}) {
                assertThat(RecordPolicy.standard().allows(Fixtures.A.nodeId(), record, now))
                        .as("expires %s, now %s", expiresAt, now)
                        .isEqualTo(proof.isInForceAt(now));
            }
        }
    }

    /** The end that a store is told of is the first second at which the policy says no. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 60, 61, 5_000, Fixtures.NOW})
    void theEndIsTheFirstSecondThatIsNotAllowed(long expiresAt) throws Exception {
        VerifiedRecord record = delegated(Fixtures.B, 0, expiresAt);
        for (RecordPolicy policy : List.of(RecordPolicy.ownerOnly(), RecordPolicy.standard())) {
            long end = policy.endOf(record);
            if (expiresAt == 0) {
                assertThat(end).isEqualTo(-1);
            } else {
                assertThat(policy.allows(Fixtures.A.nodeId(), record, end - 1)).isTrue();
                assertThat(policy.allows(Fixtures.A.nodeId(), record, end)).isFalse();
            }
        }
        assertThat(RecordPolicy.acceptAll().endOf(record)).isEqualTo(-1);
    }

    @Test
    void whatNeedsNoProofHasNoEnd() throws Exception {
        assertThat(RecordPolicy.standard().endOf(own(3, Bytes.EMPTY))).isEqualTo(-1);
        assertThat(RecordPolicy.standard().endOf(delegated(Fixtures.B, 0, -1))).isEqualTo(-1);
        assertThat(RecordPolicy.standard().endOf(delegated(Fixtures.B, 0, -60))).isEqualTo(-1);
        assertThat(RecordPolicy.standard().endOf(delegated(Fixtures.B, 0, -62))).isEqualTo(-2);
    }

    @Test
    void policiesAddUp() throws Exception {
        VerifiedRecord record = delegated(Fixtures.B, 0, 5_000);
        NodeId key = Fixtures.A.nodeId();
        RecordPolicy early = (at, offered, now) -> now < 100;
        RecordPolicy standard = RecordPolicy.standard();
        for (RecordPolicy both : List.of(standard.and(early), early.and(standard))) {
            assertThat(both.allows(key, record, 99)).isTrue();
            assertThat(both.allows(key, record, 100)).isFalse();
            assertThat(both.allows(ELSEWHERE, record, 99)).isFalse();
            assertThat(both.endOf(record)).isEqualTo(5_060);
        }
    }
}
