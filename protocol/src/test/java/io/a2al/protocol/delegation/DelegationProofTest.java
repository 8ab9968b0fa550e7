package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.delegation.DelegationProof.Validity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Proofs by native owners, and what all families have in common. A is the owner, B the operational key. */
class DelegationProofTest {

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();

    private static DelegationProof proof(long issuedAt, long expiresAt) {
        return DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), issuedAt, expiresAt);
    }

    private boolean isSigned(Delegation delegation, Authorization authorization) {
        return new DelegationProof(delegation, authorization).isSigned(signatures);
    }

    @Test
    void theSpecificationsExample() throws Exception {
        // wire.md 18: master A, operational key B.
        Bytes example = Bytes.fromHex("a701582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
                + "02582029acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7"
                + "0355a056475aa75463474c0285df5dbf2bcab73da65135041a6553f100051a6b49d2000601"
                + "0758405644aa3716627630d70fd87fe824eed4bf06f28d29cfc60436613dec394a2ded"
                + "9b52ccdd7359de51af31fead1aa55cc6d57c01d282098d284df00895f64ed300");
        DelegationProof proof = proof(1_700_000_000L, 1_800_000_000L);
        assertThat(proof.encode()).isEqualTo(example);
        assertThat(DelegationProof.decode(example)).isEqualTo(proof);
        assertThat(proof.isSigned(signatures)).isTrue();
        assertThat(proof.delegation())
                .isEqualTo(Delegation.of(Fixtures.B.publicKey(), Fixtures.A.address(), 1_700_000_000L, 1_800_000_000L));
    }

    @Test
    void aMasterCannotDelegateForTheAddressOfAnother() {
        DelegationProof own = proof(1, 2);
        assertThat(own.isSigned(signatures)).isTrue();
        for (Address other :
                new Address[] {Fixtures.C.address(), Fixtures.wallet(1).ethereumAddress()}) {
            Delegation stolen = Delegation.of(Fixtures.B.publicKey(), other, 1, 2);
            assertThat(isSigned(stolen, own.authorization())).isFalse();
        }
    }

    @Test
    void anyChangedFieldBreaksTheSignature() {
        DelegationProof good = proof(10, 20);
        Bytes key = Fixtures.B.publicKey();
        Address agent = Fixtures.A.address();
        Authorization authorization = good.authorization();
        assertThat(isSigned(new Delegation(key, agent, 10, 20, 1), authorization))
                .isTrue();
        assertThat(isSigned(new Delegation(key, agent, 11, 20, 1), authorization))
                .isFalse();
        assertThat(isSigned(new Delegation(key, agent, 10, 21, 1), authorization))
                .isFalse();
        assertThat(isSigned(new Delegation(key, agent, 10, 20, 0), authorization))
                .isFalse();
        assertThat(isSigned(new Delegation(Fixtures.C.publicKey(), agent, 10, 20, 1), authorization))
                .isFalse();
        Authorization otherMaster = new Authorization.ByMasterKey(key, authorization.signature());
        assertThat(isSigned(good.delegation(), otherMaster)).isFalse();
    }

    @Test
    void valuesThatTheWireCannotCarryAreRefusedAtOnce() {
        Address agent = Fixtures.A.address();
        Bytes key = Fixtures.B.publicKey();
        assertThatThrownBy(() -> Delegation.of(key.slice(0, 31), agent, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31");
        for (int scope : new int[] {-1, 256}) {
            assertThatThrownBy(() -> new Delegation(key, agent, 1, 2, scope))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(scope));
        }
        assertThatThrownBy(() -> new Authorization.ByMasterKey(key.slice(0, 31), Bytes.zeros(64)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Authorization.ByMasterKey(key, Bytes.zeros(65)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Authorization.ByWallet("text", Bytes.zeros(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void truncatedProofsAreRefusedAtEveryLength() {
        Bytes encoded = proof(10, 20).encode();
        for (int length = 0; length < encoded.length(); length++) {
            Bytes cut = encoded.slice(0, length);
            assertThatThrownBy(() -> DelegationProof.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(InvalidDelegationException.class);
        }
    }

    @Test
    void anyEncodingIsAProof() throws Exception {
        DelegationProof proof = proof(10, 20);
        String hex = proof.encode().toHex();
        String fields = hex.substring(2);
        String signature = proof.authorization().signature().toHex();
        for (String other : new String[] {
            hex,
            // Unknown fields, as a newer protocol version may add; one is a text that is not UTF-8.
            "a8" + fields + "1401",
            "a8" + fields + "617861ff",
            // A field twice; the first counts.
            "a8" + fields + "040b",
            "a9" + fields + "0602" + "07f6",
            // Absent fields that are written as empty or null.
            "a8" + fields + "0860",
            "a8" + fields + "08f6",
            // Other encodings of the same fields.
            "bf" + fields + "ff",
            "c6" + hex,
            hex.replace("040a", "041b000000000000000a"),
            hex.replace("0514", "05c24114"),
            hex.replace(
                    "5840" + signature, "5f581f" + signature.substring(0, 62) + "5821" + signature.substring(62) + "ff")
        }) {
            DelegationProof decoded = DelegationProof.decode(Bytes.fromHex(other));
            assertThat(decoded).as(other).isEqualTo(proof);
            assertThat(decoded.isSigned(signatures)).isTrue();
            assertThat(decoded.encode().toHex()).isEqualTo(hex);
        }
    }

    @Test
    void aFieldThatIsMissingIsNotSigned() throws Exception {
        String hex = proof(10, 20).encode().toHex();
        for (String field : new String[] {"040a", "0514", "0601"}) {
            DelegationProof proof =
                    DelegationProof.decode(Bytes.fromHex("a6" + hex.substring(2).replaceFirst(field, "")));
            assertThat(proof.isSigned(signatures)).as(field).isFalse();
        }
    }

    @Test
    void aByteTooManyIsRefused() {
        Bytes longer = proof(10, 20).encode().concat(Bytes.zeros(1));
        assertThatThrownBy(() -> DelegationProof.decode(longer)).isInstanceOf(InvalidDelegationException.class);
    }

    @Test
    void absurdlyLongProofsAreRefusedBeforeTheyAreRead() {
        assertThatThrownBy(() -> DelegationProof.decode(Bytes.zeros(65_537)))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessageContaining("65537");
    }

    @Test
    void theWholeUnsignedRangeOfTimesSurvives() throws Exception {
        DelegationProof proof = proof(-1, Long.MIN_VALUE);
        assertThat(proof.isSigned(signatures)).isTrue();
        assertThat(DelegationProof.decode(proof.encode())).isEqualTo(proof);
    }

    @Test
    void aProofIsInForceUntilAMinuteAfterItExpires() {
        assertThat(proof(1_000, 2_000).isInForceAt(0)).isTrue();
        assertThat(proof(1_000, 2_000).isInForceAt(2_059)).isTrue();
        assertThat(proof(1_000, 2_000).isInForceAt(2_060)).isFalse();
        assertThat(proof(1_000, 0).isInForceAt(Long.MAX_VALUE)).isTrue();
        // An end so late that a minute more would wrap around.
        assertThat(proof(1_000, -1).isInForceAt(Fixtures.NOW)).isTrue();
        assertThat(proof(1_000, -61).isInForceAt(-2)).isTrue();
        assertThat(proof(1_000, -61).isInForceAt(-1)).isFalse();
    }

    @Test
    void aProofOfAnotherScopeIsReadButNeverInForce() throws Exception {
        for (int scope : new int[] {0, 2, 255}) {
            DelegationProof proof = new DelegationProof(
                    new Delegation(Fixtures.B.publicKey(), Fixtures.A.address(), 10, 0, scope),
                    proof(10, 0).authorization());
            assertThat(DelegationProof.decode(proof.encode())).isEqualTo(proof);
            assertThat(proof.isInForceAt(10)).isFalse();
        }
    }

    @Test
    void d44_aProofFromTheFutureIsNotGoodYet() {
        assertThat(proof(1_000, 2_000).validityAt(939)).isEqualTo(Validity.FUTURE);
        assertThat(proof(1_000, 2_000).validityAt(940)).isEqualTo(Validity.VALID);
        assertThat(proof(1_000, 2_000).validityAt(2_059)).isEqualTo(Validity.VALID);
        assertThat(proof(1_000, 2_000).validityAt(2_060)).isEqualTo(Validity.EXPIRED);
        assertThat(proof(1_000, 0).validityAt(Fixtures.NOW)).isEqualTo(Validity.VALID);
        assertThat(proof(-1, 0).validityAt(Fixtures.NOW)).isEqualTo(Validity.FUTURE);
        DelegationProof otherScope = new DelegationProof(
                new Delegation(Fixtures.B.publicKey(), Fixtures.A.address(), 10, 0, 2),
                proof(10, 0).authorization());
        assertThat(otherScope.validityAt(10)).isEqualTo(Validity.UNKNOWN_SCOPE);
    }
}
