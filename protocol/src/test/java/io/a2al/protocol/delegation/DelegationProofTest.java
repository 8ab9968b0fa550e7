package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelegationProofTest {

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();
    private final Choices choices = Choices.load("delegation");

    @Test
    void everyEd25519ProofIsTheReferencesByteForByteAndJudgedTheSame() {
        Vectors.load("delegation.json")
                .run(
                        vector -> !Vectors.text(vector, "chain").equals("ed25519"),
                        "proofs of the wallet families are not implemented",
                        this::check);
        choices.checkComplete();
    }

    private void check(JsonNode vector) {
        JsonNode fields = Vectors.field(vector, "proof_fields");
        Bytes encoded = Vectors.hex(vector, "proof_cbor");
        Optional<DelegationProof> decoded = tryDecode(encoded);
        boolean expected = Vectors.bool(vector, "parse_ok");
        if (Vectors.flag(vector, "may_reject")) {
            expected = choices.expected(vector, decoded.isPresent());
        }
        if (expected && Vectors.number(fields, "scope") != DelegationProof.SCOPE_NETWORK) {
            // The reference reads it and then never accepts it; for us it is none.
            assertThat(vector.get("verify")).noneMatch(moment -> Vectors.bool(moment, "ok_v029"));
            expected = false;
        }
        assertThat(decoded.isPresent()).as("parses").isEqualTo(expected);
        decoded.ifPresent(proof -> checkProof(vector, fields, proof));
    }

    private void checkProof(JsonNode vector, JsonNode fields, DelegationProof proof) {
        assertThat(proof.masterKey()).isEqualTo(Vectors.hex(fields, "master_pub"));
        assertThat(proof.operationalKey()).isEqualTo(Vectors.hex(fields, "op_pub"));
        assertThat(proof.agent().toBytes()).isEqualTo(Vectors.hex(fields, "agent_addr"));
        assertThat(proof.issuedAt()).isEqualTo(Vectors.u64(fields, "issued_at"));
        assertThat(proof.expiresAt()).isEqualTo(Vectors.u64(fields, "expires_at"));
        assertThat(proof.signature()).isEqualTo(Vectors.hex(fields, "signature"));
        assertThat(proof.encode()).as("encoded again").isEqualTo(Vectors.hex(vector, "proof_cbor"));

        // Some moment at which the right operational key is accepted: only then the signature is good.
        boolean everAccepted = false;
        for (JsonNode moment : Vectors.field(vector, "verify")) {
            everAccepted |= Vectors.bool(moment, "ok_v029");
        }
        boolean operationalKeyIsWrong = vector.get("verify").size() == 1
                && vector.get("verify").get(0).hasNonNull("op_seed")
                && !Identity.ofSeed(Vectors.hex(vector.get("verify").get(0), "op_seed")
                                .toArray())
                        .publicKey()
                        .equals(proof.operationalKey());
        boolean signed = everAccepted || operationalKeyIsWrong;
        assertThat(proof.isSigned(signatures)).as("signed").isEqualTo(signed);
        if (signed) {
            assertThat(signatures.verify(proof.masterKey(), Vectors.hex(vector, "signing_preimage"), proof.signature()))
                    .as("the signature covers the preimage")
                    .isTrue();
            Identity master = Identity.ofSeed(Vectors.hex(vector, "master_seed").toArray());
            assertThat(DelegationProof.sign(
                            master.newSigner(), proof.operationalKey(), proof.issuedAt(), proof.expiresAt()))
                    .isEqualTo(proof);
        }
    }

    private static Optional<DelegationProof> tryDecode(Bytes encoded) {
        try {
            return Optional.of(DelegationProof.decode(encoded));
        } catch (CborException e) {
            return Optional.empty();
        }
    }

    @Test
    void theSpecificationsExample() throws Exception {
        // wire.md 18: master A, operational key B.
        Bytes example = Bytes.fromHex("a701582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
                + "02582029acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7"
                + "0355a056475aa75463474c0285df5dbf2bcab73da65135041a6553f100051a6b49d2000601"
                + "0758405644aa3716627630d70fd87fe824eed4bf06f28d29cfc60436613dec394a2ded"
                + "9b52ccdd7359de51af31fead1aa55cc6d57c01d282098d284df00895f64ed300");
        DelegationProof proof =
                DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1_700_000_000L, 1_800_000_000L);
        assertThat(proof.encode()).isEqualTo(example);
        assertThat(DelegationProof.decode(example)).isEqualTo(proof);
        assertThat(proof.isSigned(signatures)).isTrue();
        assertThat(proof.agent()).isEqualTo(Fixtures.A.address());
    }

    @Test
    void aMasterCannotDelegateForTheAddressOfAnother() {
        DelegationProof own = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1, 2);
        DelegationProof stolen = new DelegationProof(
                own.masterKey(),
                own.operationalKey(),
                Fixtures.C.address(),
                own.issuedAt(),
                own.expiresAt(),
                own.signature());
        assertThat(own.isSigned(signatures)).isTrue();
        assertThat(stolen.isSigned(signatures)).isFalse();
    }

    @Test
    void anyChangedFieldBreaksTheSignature() {
        DelegationProof good = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 10, 20);
        Bytes master = good.masterKey();
        Bytes operational = good.operationalKey();
        Address agent = good.agent();
        Bytes signature = good.signature();
        assertThat(new DelegationProof(master, operational, agent, 11, 20, signature).isSigned(signatures))
                .isFalse();
        assertThat(new DelegationProof(master, operational, agent, 10, 21, signature).isSigned(signatures))
                .isFalse();
        assertThat(new DelegationProof(master, Fixtures.C.publicKey(), agent, 10, 20, signature).isSigned(signatures))
                .isFalse();
        assertThat(new DelegationProof(operational, operational, agent, 10, 20, signature).isSigned(signatures))
                .isFalse();
        assertThat(new DelegationProof(master.slice(0, 31), operational, agent, 10, 20, signature).isSigned(signatures))
                .isFalse();
    }

    @Test
    void truncatedProofsAreRefusedAtEveryLength() {
        Bytes encoded = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 10, 20)
                .encode();
        for (int length = 0; length < encoded.length(); length++) {
            Bytes cut = encoded.slice(0, length);
            assertThatThrownBy(() -> DelegationProof.decode(cut))
                    .as("%s octets", length)
                    .isInstanceOf(CborException.class);
        }
    }

    @Test
    void theWholeUnsignedRangeOfTimesSurvives() throws Exception {
        DelegationProof proof =
                DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), -1, Long.MIN_VALUE);
        assertThat(proof.isSigned(signatures)).isTrue();
        assertThat(DelegationProof.decode(proof.encode())).isEqualTo(proof);
    }
}
