package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Authorization;
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
class RecordVerifierTest {

    private final RecordVerifier verifier = Fixtures.recordVerifier();

    private static Bytes proof(Identity master, Identity operational) {
        return DelegationProof.sign(master.newSigner(), operational.publicKey(), 1_000, 2_000)
                .encode();
    }

    /** Some record by {@code signer} that claims to speak for {@code agent}, with {@code proof} in field 9. */
    private static SignedRecord record(Identity signer, Address agent, Bytes proof) {
        return RecordSigner.delegated(signer.newSigner(), agent, proof).sign(3, Bytes.EMPTY, 1, Fixtures.NOW, 60);
    }

    private Authority authority(SignedRecord record) throws InvalidRecordException {
        return verifier.verify(record).authority();
    }

    // ---- authority --------------------------------------------------------------------------------------------

    @Test
    void d54_theOwnerOfAnAddressNeedsNoProofAndLosesOneHungOn() throws Exception {
        SignedRecord plain = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, Fixtures.NOW, 60);
        for (Bytes hungOn : List.of(
                proof(Fixtures.A, Fixtures.A), proof(Fixtures.A, Fixtures.B), Bytes.fromHex("00"), Bytes.zeros(500))) {
            SignedRecord decorated = record(Fixtures.A, Fixtures.A.address(), hungOn);
            assertThat(decorated.delegation()).isPresent();
            VerifiedRecord verified = verifier.verify(decorated);
            assertThat(verified.authority()).isEqualTo(new Authority.SelfSigned());
            assertThat(verified.record()).isEqualTo(plain);
            assertThat(verified).isEqualTo(verifier.verify(plain)).hasSameHashCodeAs(verifier.verify(plain));
        }
    }

    @Test
    void aDelegatedKeySpeaksForTheAgentWithTheTimesOfItsProof() throws Exception {
        SignedRecord record = record(Fixtures.B, Fixtures.A.address(), proof(Fixtures.A, Fixtures.B));
        VerifiedRecord verified = verifier.verify(record);
        assertThat(verified.authority()).isEqualTo(new Authority.Delegated(1_000, 2_000));
        assertThat(verified.record()).isEqualTo(record);
        assertThat(verified.addressId()).isEqualTo(Fixtures.A.nodeId());
    }

    @Test
    void anythingElseIsUnproven() throws Exception {
        Address agent = Fixtures.A.address();
        Authority unproven = new Authority.Unproven();
        // no proof
        SignedRecord bare = record(Fixtures.B, agent, Bytes.zeros(1)).withoutDelegation();
        assertThat(authority(bare)).isEqualTo(unproven);
        // a proof for another key
        assertThat(authority(record(Fixtures.B, agent, proof(Fixtures.A, Fixtures.C))))
                .isEqualTo(unproven);
        // a proof by another agent
        assertThat(authority(record(Fixtures.B, agent, proof(Fixtures.C, Fixtures.B))))
                .isEqualTo(unproven);
        // garbage
        assertThat(authority(record(Fixtures.B, agent, Bytes.zeros(1)))).isEqualTo(unproven);
        assertThat(authority(
                        record(Fixtures.B, agent, proof(Fixtures.A, Fixtures.B).concat(Bytes.zeros(1)))))
                .isEqualTo(unproven);
        // a proof whose signature does not hold
        byte[] forged = proof(Fixtures.A, Fixtures.B).toArray();
        forged[forged.length - 40] ^= 1;
        assertThat(authority(record(Fixtures.B, agent, Bytes.copyOf(forged)))).isEqualTo(unproven);
        // a proof by the operational key for itself, renamed to the agent
        DelegationProof own = DelegationProof.sign(Fixtures.B.newSigner(), Fixtures.B.publicKey(), 1, 0);
        DelegationProof renamed =
                new DelegationProof(Delegation.of(Fixtures.B.publicKey(), agent, 1, 0), own.authorization());
        assertThat(authority(record(Fixtures.B, agent, renamed.encode()))).isEqualTo(unproven);
    }

    @Test
    void aDelegatedKeySpeaksForTheOwnerOfAWallet() throws Exception {
        WalletKey wallet = Fixtures.wallet(1);
        for (Address agent : List.of(wallet.ethereumAddress(), wallet.paralismAddress())) {
            Bytes proof = DelegationProof.sign(wallet, Delegation.of(Fixtures.B.publicKey(), agent, 1_000, 2_000))
                    .encode();
            VerifiedRecord verified = verifier.verify(record(Fixtures.B, agent, proof));
            assertThat(verified.authority()).isEqualTo(new Authority.Delegated(1_000, 2_000));
            assertThat(verified.addressId()).isEqualTo(NodeId.ofAddress(agent));
            assertThat(authority(record(Fixtures.C, agent, proof))).isEqualTo(new Authority.Unproven());
            Address other = Fixtures.wallet(2).ethereumAddress();
            assertThat(authority(record(Fixtures.B, other, proof))).isEqualTo(new Authority.Unproven());
        }
    }

    @Test
    void aProofOfAnotherScopeProvesNothing() throws Exception {
        WalletKey wallet = Fixtures.wallet(1);
        for (int scope : new int[] {0, 2, 255}) {
            Delegation delegation =
                    new Delegation(Fixtures.B.publicKey(), wallet.ethereumAddress(), 1_000, 2_000, scope);
            Bytes proof = DelegationProof.sign(wallet, delegation).encode();
            assertThat(authority(record(Fixtures.B, wallet.ethereumAddress(), proof)))
                    .isEqualTo(new Authority.Unproven());
        }
    }

    @Test
    void aTextAboutAnotherKeyProvesNothing() throws Exception {
        WalletKey wallet = Fixtures.wallet(1);
        Address agent = wallet.ethereumAddress();
        DelegationProof genuine = DelegationProof.sign(wallet, Delegation.of(Fixtures.C.publicKey(), agent, 1, 0));
        assertThat(genuine.authorization()).isInstanceOf(Authorization.ByWallet.class);
        DelegationProof stolen =
                new DelegationProof(Delegation.of(Fixtures.B.publicKey(), agent, 1, 0), genuine.authorization());
        assertThat(authority(record(Fixtures.B, agent, stolen.encode()))).isEqualTo(new Authority.Unproven());
    }

    @Test
    void aRecordWithAnotherProofIsNotTheSameVerifiedRecord() throws Exception {
        VerifiedRecord proven =
                verifier.verify(record(Fixtures.B, Fixtures.A.address(), proof(Fixtures.A, Fixtures.B)));
        VerifiedRecord unproven =
                verifier.verify(record(Fixtures.B, Fixtures.A.address(), proof(Fixtures.A, Fixtures.C)));
        assertThat(proven).isNotEqualTo(unproven);
    }

    // ---- signature --------------------------------------------------------------------------------------------

    @Test
    void everySignedFieldIsCovered() throws Exception {
        Bytes encoded = RecordSigner.self(Fixtures.A.newSigner())
                .sign(3, Bytes.fromHex("aabbccdd"), 1_000_000, Fixtures.NOW, 100_000)
                .encoded();
        assertThat(verifier.verify(SignedRecord.decode(encoded)).record().encoded())
                .isEqualTo(encoded);
        // Values begin after these prefixes: address, type, payload, sequence, timestamp, time to live, key, signature.
        for (String prefix : List.of("0155", "02", "0344", "041a", "051a", "061a", "075820", "085840")) {
            int at = encoded.toHex().indexOf(prefix, prefix.equals("02") ? 46 : 0) / 2 + prefix.length() / 2;
            byte[] changed = encoded.toArray();
            changed[at] ^= 1;
            SignedRecord forged = SignedRecord.decode(Bytes.copyOf(changed));
            assertThatThrownBy(() -> verifier.verify(forged))
                    .as("changed after " + prefix)
                    .isInstanceOfSatisfying(
                            InvalidRecordException.class,
                            e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.SIGNATURE));
        }
    }

    @Test
    void recordsLargerThanADatagramAreVerifiedToo() throws Exception {
        SignedRecord large = RecordSigner.self(Fixtures.A.newSigner()).sign(2, Bytes.zeros(5_000), 1, Fixtures.NOW, 60);
        assertThat(verifier.verify(large).record()).isEqualTo(large);
        SignedRecord small = RecordSigner.self(Fixtures.A.newSigner()).sign(2, Bytes.EMPTY, 1, Fixtures.NOW, 60);
        assertThat(verifier.verify(small).record()).isEqualTo(small);
    }

    // ---- keys and payloads ------------------------------------------------------------------------------------

    private VerifiedRecord verified(int type, Optional<Bytes> payload) throws InvalidRecordException {
        return verifier.verify(
                RecordSigner.self(Fixtures.A.newSigner()).signAnything(type, payload, 1, Fixtures.NOW, 60));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x02, 0x0f, 0x20, 0x7f, 0x90, 0xff})
    void sovereignAndUnknownRecordsAreKeyedByAddress(int type) throws Exception {
        VerifiedRecord verified = verified(type, Optional.empty());
        assertThat(verified.contentKey()).contains(Fixtures.A.nodeId());
        assertThat(verified.category()).isIn(RecordCategory.SOVEREIGN, RecordCategory.UNKNOWN);
        assertThat(verified.category().isKeyedByAddress()).isTrue();
    }

    @Test
    void endpointRecordsAreKeyedByAddressAndTheirPayloadIsChecked() throws Exception {
        Bytes payload = EndpointPayload.of(List.of("quic://203.0.113.7:4121")).encode();
        assertThat(verified(RecordType.ENDPOINT, Optional.of(payload)).contentKey())
                .contains(Fixtures.A.nodeId());
        for (Optional<Bytes> wrong : List.of(Optional.<Bytes>empty(), Optional.of(Bytes.EMPTY))) {
            assertThatThrownBy(() -> verified(RecordType.ENDPOINT, wrong))
                    .isInstanceOfSatisfying(
                            InvalidRecordException.class,
                            e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.PAYLOAD));
        }
    }

    /** The older generation keeps agent profiles as they are, so that what they hold is the reader's business. */
    @Test
    void agentProfilesAreKeptWhateverTheyHold() throws Exception {
        for (String odd : List.of("", "f6", "80", "a10261ff", "a1010100", "a2010101", "a201010102")) {
            Optional<Bytes> payload = Optional.of(Bytes.fromHex(odd));
            assertThat(verified(RecordType.AGENT_PROFILE, payload).record().payload())
                    .isEqualTo(payload);
        }
        Optional<Bytes> tooLong = Optional.of(Bytes.zeros(AgentProfilePayload.MAX_LENGTH + 1));
        assertThat(verified(RecordType.AGENT_PROFILE, tooLong).contentKey()).contains(Fixtures.A.nodeId());
    }

    @Test
    void topicRecordsAreKeyedByTheTopicTheyName() throws Exception {
        Bytes payload = TopicPayload.of("ai/demo", "", List.of(), List.of()).encode();
        VerifiedRecord verified = verified(RecordType.TOPIC, Optional.of(payload));
        assertThat(verified.category()).isEqualTo(RecordCategory.TOPIC);
        // wire.md 18
        assertThat(verified.contentKey())
                .contains(NodeId.fromHex("5d070b2d94147417d6a568a284e598f1a3c90c532960bea67942b3755d92c060"));
        assertThatThrownBy(() -> verified(RecordType.TOPIC, Optional.empty()))
                .isInstanceOf(InvalidRecordException.class);
        // The other types of the category name nothing.
        assertThat(verified(0x11, Optional.of(payload)).contentKey()).isEmpty();
    }

    @Test
    void mailboxRecordsAreKeyedByTheRecipientIfTheyNameOne() throws Exception {
        Bytes recipient = Bytes.fromHex("a10155").concat(Fixtures.B.address().toBytes());
        assertThat(verified(RecordType.MAILBOX, Optional.of(recipient)).contentKey())
                .contains(Fixtures.B.nodeId());
        // Nothing is demanded of these payloads, so what names no recipient is no mistake.
        for (String unnamed : List.of("", "00", "a0", "a10154", "a10100", "a1f600", "a20200", "ff")) {
            assertThat(verified(RecordType.MAILBOX, Optional.of(Bytes.fromHex(unnamed)))
                            .contentKey())
                    .as(unnamed)
                    .isEmpty();
        }
        assertThat(verified(RecordType.MAILBOX, Optional.empty()).contentKey()).isEmpty();
        assertThat(verified(0x81, Optional.of(recipient)).contentKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x8f})
    void mailboxPayloadsHaveALimit(int type) throws Exception {
        assertThat(verified(type, Optional.of(Bytes.zeros(512))).record().payloadLength())
                .isEqualTo(512);
        assertThatThrownBy(() -> verified(type, Optional.of(Bytes.zeros(513))))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("513")
                .hasMessageContaining("512");
    }

    // ---- time -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "1000, 60, 939, FUTURE",
        "1000, 60, 940, VALID",
        "1000, 60, 1000, VALID",
        "1000, 60, 1060, VALID",
        "1000, 60, 1061, EXPIRED",
        "1000, 0, 1000, VALID",
        "1000, 0, 1001, EXPIRED",
        "0, 0, 0, VALID",
        "0, 4294967295, 4294967295, VALID",
        "0, 4294967295, 4294967296, EXPIRED",
        "18446744073709551615, 4294967295, 1700000000, FUTURE",
        "9223372036854775808, 1, 1700000000, FUTURE"
    })
    void validityHasATolerantBeginningAndAnExactEnd(
            String timestamp, long ttl, long now, VerifiedRecord.Validity expected) throws Exception {
        VerifiedRecord record = verifier.verify(RecordSigner.self(Fixtures.A.newSigner())
                .signAnything(3, Optional.empty(), 1, Long.parseUnsignedLong(timestamp), ttl));
        assertThat(record.validityAt(now)).isEqualTo(expected);
        assertThat(record.isValidAt(now)).isEqualTo(expected == VerifiedRecord.Validity.VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 60, 1061",
        "0, 0, 1",
        "18446744073709551615, 0, 18446744073709551615",
        "18446744073709551000, 4294967295, 18446744073709551615"
    })
    void theEndOfValiditySaturates(String timestamp, long ttl, String expected) throws Exception {
        VerifiedRecord record = verifier.verify(RecordSigner.self(Fixtures.A.newSigner())
                .signAnything(3, Optional.empty(), 1, Long.parseUnsignedLong(timestamp), ttl));
        assertThat(Long.toUnsignedString(record.expiresAfter())).isEqualTo(expected);
    }

    // ---- records verified before ----------------------------------------------------------------------------------

    @Test
    void aRecordThatWasVerifiedBeforeIsTheSameAgain() throws Exception {
        WalletKey wallet = Fixtures.wallet(1);
        Bytes byWallet = DelegationProof.sign(
                        wallet, Delegation.of(Fixtures.B.publicKey(), wallet.ethereumAddress(), 1_000, 2_000))
                .encode();
        RecordSigner own = RecordSigner.self(Fixtures.A.newSigner());
        List<SignedRecord> records = List.of(
                own.sign(EndpointPayload.of(List.of("quic://192.0.2.1:4122")), 1, Fixtures.NOW, 60),
                own.sign(TopicPayload.of("a topic", "an agent", List.of("mcp"), List.of()), 1, Fixtures.NOW, 60),
                own.sign(3, Bytes.zeros(3), 1, Fixtures.NOW, 60),
                record(Fixtures.B, Fixtures.A.address(), proof(Fixtures.A, Fixtures.B)),
                record(Fixtures.B, wallet.ethereumAddress(), byWallet));
        for (SignedRecord record : records) {
            VerifiedRecord first = verifier.verify(record);
            VerifiedRecord again = RecordVerifier.trusting()
                    .verify(SignedRecord.decode(first.record().encoded()));
            assertThat(again).isEqualTo(first);
            assertThat(again.addressId()).isEqualTo(first.addressId());
            assertThat(again.contentKey()).isEqualTo(first.contentKey());
        }
    }
}
