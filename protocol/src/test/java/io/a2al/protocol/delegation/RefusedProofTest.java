package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.testing.Fixtures;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A refusal of a proof says which of its fields is wrong. */
class RefusedProofTest {

    private static final WalletKey WALLET = Fixtures.wallet(1);
    private static final DelegationProof NATIVE =
            DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 10, 20);
    private static final DelegationProof ETHEREUM =
            DelegationProof.sign(WALLET, Delegation.of(Fixtures.B.publicKey(), WALLET.ethereumAddress(), 10, 20));

    private static void assertRefused(Field field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidDelegationException.class,
                        e -> assertThat(e.field()).isEqualTo(field));
    }

    private static void assertRefused(Field field, String hex) {
        assertRefused(field, () -> DelegationProof.decode(Bytes.fromHex(hex)));
    }

    /** A native proof, written field by field. */
    private static String nativeProof(String master, String operator, String agent, String signature, String rest) {
        return "a7" + "01" + master + "02" + operator + "03" + agent + "040a" + "0514" + "0601" + "07" + signature
                + rest;
    }

    @Test
    void theFieldOfANativeProofIsNamed() throws Exception {
        String key = "5820" + Fixtures.A.publicKey().toHex();
        String shortKey = "581f" + Fixtures.A.publicKey().slice(0, 31).toHex();
        String agent = "55" + Fixtures.A.address().toHex();
        String signature = "5840" + NATIVE.authorization().signature().toHex();
        String operator = "5820" + Fixtures.B.publicKey().toHex();
        assertThat(DelegationProof.decode(Bytes.fromHex(nativeProof(key, operator, agent, signature, ""))))
                .isEqualTo(NATIVE);

        assertRefused(Field.MASTER_PUB, nativeProof(shortKey, operator, agent, signature, ""));
        assertRefused(Field.OP_PUB, nativeProof(key, shortKey, agent, signature, ""));
        assertRefused(Field.AGENT_ADDR, nativeProof(key, operator, "54" + agent.substring(2, 42), signature, ""));
        assertRefused(Field.AGENT_ADDR, nativeProof(key, operator, "55a1" + agent.substring(4), signature, ""));
        assertRefused(Field.SIGNATURE, nativeProof(key, operator, agent, "583f" + signature.substring(6), ""));
        assertRefused(
                Field.MESSAGE,
                nativeProof(key, operator, agent, signature, "0861" + "61").replaceFirst("^a7", "a8"));
        assertRefused(Field.ENCODING, nativeProof(key, operator, agent, signature, "00"));
        assertRefused(Field.ENCODING, "");
        assertRefused(Field.ENCODING, () -> DelegationProof.decode(Bytes.zeros(65_537)));
    }

    @Test
    void theFieldOfAWalletsProofIsNamed() {
        String hex = ETHEREUM.encode().toHex();
        String signature = "5841" + ETHEREUM.authorization().signature().toHex();

        assertRefused(Field.SIGNATURE, hex.replace(signature, "5840" + signature.substring(6)));
        String withoutText = hex.substring(0, hex.indexOf(signature) + signature.length());
        assertRefused(Field.MESSAGE, "a6" + withoutText.substring(2));
        String master = "015820" + Fixtures.A.publicKey().toHex();
        assertRefused(Field.MASTER_PUB, "a8" + master + hex.substring(2));
    }

    @Test
    void aSignatureThatDoesNotFitIsAnExceptionOfItsOwn() {
        Delegation delegation = ETHEREUM.delegation();
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, Bytes.zeros(65)))
                .isInstanceOfSatisfying(
                        InvalidSignatureException.class,
                        e -> assertThat(e.field()).isEqualTo(Field.SIGNATURE));
    }

    @Test
    void aTextThatMeansSomethingElseIsNoTextOfThisDelegation() {
        Bytes signature = ETHEREUM.authorization().signature();
        Delegation longer = Delegation.of(Fixtures.B.publicKey(), WALLET.ethereumAddress(), 10, 0);
        assertRefused(
                Field.MESSAGE,
                () -> DelegationProof.ofWalletSignature(
                        longer, DelegationProof.walletMessage(ETHEREUM.delegation()), signature));
    }
}
