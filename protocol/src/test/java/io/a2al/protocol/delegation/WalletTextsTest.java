package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Fixtures;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a wallet and comes back from it. */
class WalletTextsTest {

    private static final WalletKey OWNER = Fixtures.wallet(1);

    static Stream<Delegation> delegations() {
        return Stream.of(
                Delegation.of(Fixtures.B.publicKey(), OWNER.ethereumAddress(), 1_700_000_000L, 1_800_000_000L),
                Delegation.of(Fixtures.B.publicKey(), OWNER.paralismAddress(), 1_700_000_000L, 0),
                new Delegation(Fixtures.B.publicKey(), OWNER.ethereumAddress(), -1, Long.MIN_VALUE, 255));
    }

    private static Bytes sign(Delegation delegation, String text) {
        return WalletSignatures.sign(delegation.agent(), text, OWNER);
    }

    // ---- the text ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("delegations")
    void theTextSaysWhatIsDelegated(Delegation delegation) throws Exception {
        assertThat(DelegationProof.parseWalletMessage(DelegationProof.walletMessage(delegation)))
                .isEqualTo(delegation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "op_key:.*|''|message: op_key: missing",
                "op_key:..|op_key:|message: op_key: not 64 hexadecimal digits",
                "op_key:.|op_key:g|message: op_key: not 64 hexadecimal digits",
                "agent:0x|agent:0y|'message: agent: not an address: \"0y7E5F4552091A69125d5DfCb7b8C2659029395Bdf\":'",
                "scope:1|scope:256|message: scope: a number of more than 8 bits",
                "scope:1|scope:|message: scope: not a decimal number",
                "issued_at:|issued_at:-|message: issued_at: not a decimal number",
                "expires_at:.*|expires_at:18446744073709551616|message: expires_at: a number of more than 64 bits"
            })
    void aTextThatSaysLessIsRefusedNamingTheField(String replaced, String by, String message) {
        Delegation delegation = delegations().findFirst().orElseThrow();
        String text = DelegationProof.walletMessage(delegation).replaceFirst(replaced, by);
        assertThatThrownBy(() -> DelegationProof.parseWalletMessage(text))
                .isInstanceOfSatisfying(
                        InvalidDelegationException.class,
                        e -> assertThat(e.field()).isEqualTo(Field.MESSAGE))
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "op_key:, op_key:0x0X",
        "op_key:, op_key:0X",
        "scope:1, 'scope:2\nscope:1'",
        "issued_at:, 'issued_at:5\nissued_at:'",
        "scope:1, 'purpose: x\nscope: 1'"
    })
    void aTextIsReadLoosely(String replaced, String by) throws Exception {
        Delegation delegation = delegations().findFirst().orElseThrow();
        String text = DelegationProof.walletMessage(delegation).replaceFirst(replaced, by.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(DelegationProof.walletMessage(delegation));
        assertThat(DelegationProof.parseWalletMessage(text)).isEqualTo(delegation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scope:x", "scope:256", "issued_at:", "expires_at:-1", "op_key:0X0x", "op_key:00", "agent:me"})
    void aLineThatIsInvalidCountsAlsoIfAnotherFollows(String line) {
        String text = DelegationProof.walletMessage(delegations().findFirst().orElseThrow());
        String name = line.substring(0, line.indexOf(':') + 1);
        String both = text.replaceFirst(name, line + "\n" + name);
        assertThat(both).contains(line + "\n" + name);
        assertThatThrownBy(() -> DelegationProof.parseWalletMessage(both))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessageStartingWith("message: " + name);
    }

    @ParameterizedTest
    @MethodSource("delegations")
    void aTextThatLostItsLastLineFeedOnTheWayIsStillSigned(Delegation delegation) throws Exception {
        String text = DelegationProof.walletMessage(delegation).stripTrailing();
        Bytes signature = sign(delegation, text);

        DelegationProof proof = DelegationProof.ofWalletSignature(delegation, text, signature);

        assertThat(proof.authorization()).isEqualTo(new Authorization.ByWallet(text, signature));
        assertThat(DelegationProof.decode(proof.encode())
                        .isSigned(Ed25519.preferred().newVerifier()))
                .isTrue();
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, signature))
                .isInstanceOf(InvalidSignatureException.class);
    }

    @Test
    void otherFamiliesHaveNoText() {
        Delegation delegation = Delegation.of(Fixtures.B.publicKey(), Fixtures.A.address(), 1, 0);
        String text = "op_key:" + Fixtures.B.publicKey() + "\nagent:" + Fixtures.A.address()
                + "\nscope:1\nissued_at:1\nexpires_at:0";
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, text, Bytes.zeros(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an Ethereum or Paralism address");
    }

    // ---- the signature ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("delegations")
    void signaturesAreReadAsWalletsWriteThem(Delegation delegation) throws Exception {
        Bytes signature = sign(delegation, DelegationProof.walletMessage(delegation));
        String hex = signature.toHex();
        String base64 = Base64.getEncoder().encodeToString(signature.toArray());
        for (String text :
                new String[] {hex, "0x" + hex, "0X" + hex.toUpperCase(Locale.ROOT), " \n0x" + hex + "\r\n", base64}) {
            assertThat(DelegationProof.parseWalletSignature(text)).as(text).isEqualTo(signature);
        }
    }

    @Test
    void anythingElseIsRefusedSayingHowLongItIs() {
        String hex = "00".repeat(65);
        for (String wrong : List.of(
                "", "0x", "no signature", hex + "00", hex.substring(2), "x" + hex, "=".repeat(88), "A".repeat(88))) {
            assertThatThrownBy(() -> DelegationProof.parseWalletSignature(wrong))
                    .isInstanceOf(InvalidSignatureException.class)
                    .hasMessage("signature: neither 130 hexadecimal digits nor 88 characters of Base64, but "
                            + wrong.length() + " characters of something else");
        }
    }

    // ---- keys -------------------------------------------------------------------------------------------------

    @Test
    void newIdentitiesOfEitherFamilyAreDifferentAndCanDelegate() {
        WalletKey first = WalletKey.generate(Fixtures.secureRandom(1));
        WalletKey second = WalletKey.generate(Fixtures.secureRandom(2));
        assertThat(first.ethereumAddress()).isNotEqualTo(second.ethereumAddress());
        assertThat(first.paralismAddress()).isNotEqualTo(second.paralismAddress());
        for (Address agent : new Address[] {first.ethereumAddress(), first.paralismAddress()}) {
            Delegation delegation = Delegation.of(Fixtures.B.publicKey(), agent, 1, 0);
            assertThat(DelegationProof.sign(first, delegation)
                            .isSigned(Ed25519.preferred().newVerifier()))
                    .isTrue();
        }
    }
}
