package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Vectors;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelegationVectorsTest {

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();
    private final Choices choices = Choices.load("delegation");
    private int reproduced;

    @Test
    void everyProofIsTheReferencesByteForByteAndJudgedTheSame() {
        Vectors.load("delegation.json").run(this::check);
        choices.checkComplete();
        assertThat(reproduced)
                .as("proofs that we make ourselves, byte for byte")
                .isGreaterThan(15);
    }

    private void check(JsonNode vector) throws Exception {
        JsonNode fields = Vectors.field(vector, "proof_fields");
        Bytes encoded = Vectors.hex(vector, "proof_cbor");
        checkKeys(vector, fields);
        Optional<DelegationProof> decoded = tryDecode(encoded);
        boolean parses = Vectors.bool(vector, "parse_ok");
        if (Vectors.flag(vector, "may_reject")) {
            boolean everInForce = decoded.isPresent() && isEverAccepted(vector, decoded.get());
            if (!choices.expected(vector, everInForce)) {
                assertThat(everInForce).isFalse();
                return;
            }
        }
        assertThat(decoded.isPresent()).as("parses").isEqualTo(parses);
        if (decoded.isPresent()) {
            checkProof(vector, fields, decoded.get());
        }
    }

    /** That the file's keys belong together, and that ours come out the same. */
    private static void checkKeys(JsonNode vector, JsonNode fields) {
        if (vector.has("secp256k1_private")) {
            WalletKey key = WalletKey.ofPrivateKey(
                    Vectors.hex(vector, "secp256k1_private").toArray());
            assertThat(key.publicKey()).isEqualTo(Vectors.hex(vector, "secp256k1_public_uncompressed"));
            Address agent = Address.of(Vectors.hex(vector, "agent_address"));
            assertThat(agent).hasToString(Vectors.text(vector, "agent_display"));
            checkDigest(vector, Vectors.text(fields, "message"));
        }
        Bytes operationalKey =
                Identity.ofSeed(Vectors.hex(vector, "op_seed").toArray()).publicKey();
        assertThat(operationalKey).isEqualTo(Vectors.hex(vector, "op_public"));
    }

    private static void checkDigest(JsonNode vector, String message) {
        if (vector.has("message_hash_eip191")) {
            assertThat(WalletSignatures.ethereumDigest(message)).isEqualTo(Vectors.hex(vector, "message_hash_eip191"));
        }
        if (vector.has("message_hash_compact")) {
            assertThat(WalletSignatures.paralismDigest(message)).isEqualTo(Vectors.hex(vector, "message_hash_compact"));
        }
    }

    private void checkProof(JsonNode vector, JsonNode fields, DelegationProof proof) throws Exception {
        Delegation delegation = proof.delegation();
        assertThat(delegation)
                .isEqualTo(new Delegation(
                        Vectors.hex(fields, "op_pub"),
                        Address.of(Vectors.hex(fields, "agent_addr")),
                        Vectors.u64(fields, "issued_at"),
                        Vectors.u64(fields, "expires_at"),
                        Vectors.number(fields, "scope")));
        assertThat(proof.authorization()).isEqualTo(authorization(fields));
        assertThat(proof.encode()).as("encoded again").isEqualTo(Vectors.hex(vector, "proof_cbor"));
        assertThat(vector.get("verify")).isNotEmpty();
        for (JsonNode moment : vector.get("verify")) {
            assertThat(isAccepted(moment, proof))
                    .as("at %s with key of %s", moment.get("now"), moment.get("op_seed"))
                    .isEqualTo(Vectors.bool(moment, "ok_v029"));
        }
        if (isEverAccepted(vector, proof)) {
            checkMadeByUs(vector, proof);
        }
    }

    private static Authorization authorization(JsonNode fields) {
        Bytes signature = Vectors.hex(fields, "signature");
        return fields.hasNonNull("master_pub")
                ? new Authorization.ByMasterKey(Vectors.hex(fields, "master_pub"), signature)
                : new Authorization.ByWallet(Vectors.text(fields, "message"), signature);
    }

    private boolean isAccepted(JsonNode moment, DelegationProof proof) {
        boolean keyFits = !moment.hasNonNull("op_seed")
                || Identity.ofSeed(Vectors.hex(moment, "op_seed").toArray())
                        .publicKey()
                        .equals(proof.delegation().operationalKey());
        return keyFits && proof.isSigned(signatures) && proof.isInForceAt(Vectors.u64(moment, "now"));
    }

    private boolean isEverAccepted(JsonNode vector, DelegationProof proof) {
        for (JsonNode moment : Vectors.field(vector, "verify")) {
            if (isAccepted(moment, proof)) {
                return true;
            }
        }
        return false;
    }

    /** A good proof over the usual text, by a compressed key, is the one that we would have made. */
    private void checkMadeByUs(JsonNode vector, DelegationProof proof) throws Exception {
        Delegation delegation = proof.delegation();
        if (proof.authorization() instanceof Authorization.ByMasterKey(Bytes ignored, Bytes signature)) {
            Identity master = Identity.ofSeed(Vectors.hex(vector, "master_seed").toArray());
            assertThat(signatures.verify(master.publicKey(), Vectors.hex(vector, "signing_preimage"), signature))
                    .isTrue();
            assertThat(DelegationProof.sign(
                            master.newSigner(),
                            delegation.operationalKey(),
                            delegation.issuedAt(),
                            delegation.expiresAt()))
                    .isEqualTo(proof);
            reproduced++;
            return;
        }
        if (!Vectors.text(vector, "message").equals(DelegationProof.walletMessage(delegation))) {
            assertThat(Vectors.flag(vector, "may_reject"))
                    .as("only odd texts differ from ours")
                    .isTrue();
            return;
        }
        Bytes signature = proof.authorization().signature();
        assertThat(DelegationProof.ofWalletSignature(delegation, signature)).isEqualTo(proof);
        WalletKey key =
                WalletKey.ofPrivateKey(Vectors.hex(vector, "secp256k1_private").toArray());
        boolean addressOfOurs = delegation.agent().equals(key.ethereumAddress())
                || delegation.agent().equals(key.paralismAddress());
        boolean ourForm = !Vectors.name(vector).matches("ethereum-(v-[01]|high-s)|paralism-high-s");
        if (addressOfOurs && ourForm) {
            assertThat(DelegationProof.sign(key, delegation)).isEqualTo(proof);
            reproduced++;
        }
    }

    private static Optional<DelegationProof> tryDecode(Bytes encoded) {
        try {
            return Optional.of(DelegationProof.decode(encoded));
        } catch (InvalidDelegationException e) {
            return Optional.empty();
        }
    }
}
