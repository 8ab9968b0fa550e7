package io.a2al.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs by wallets. B is the operational key. */
class WalletDelegationTest {

    private static final WalletKey OWNER = Fixtures.wallet(1);
    private static final WalletKey STRANGER = Fixtures.wallet(2);

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();

    static Stream<Address> agents() {
        return Stream.of(OWNER.ethereumAddress(), OWNER.paralismAddress());
    }

    private static Delegation delegation(Address agent) {
        return Delegation.of(Fixtures.B.publicKey(), agent, 1_700_000_000L, 1_800_000_000L);
    }

    private static Bytes signature(WalletKey key, Delegation delegation) {
        return WalletSignatures.sign(delegation.agent(), DelegationProof.walletMessage(delegation), key);
    }

    private static Bytes withByte(Bytes bytes, int at, int value) {
        byte[] changed = bytes.toArray();
        changed[at] = (byte) value;
        return Bytes.copyOf(changed);
    }

    // ---- the text ---------------------------------------------------------------------------------------------

    @Test
    void theTextIsTheSpecifications() {
        // The addresses of private key 1 are well known.
        assertThat(DelegationProof.walletMessage(delegation(OWNER.ethereumAddress())))
                .isEqualTo("""
                    A2AL Delegation Authorization
                    Authorize this Ed25519 key to operate on behalf of your Ethereum address.

                    op_key:29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7
                    agent:0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf
                    scope:1
                    issued_at:1700000000
                    expires_at:1800000000
                    """);
        Delegation other = new Delegation(Fixtures.B.publicKey(), OWNER.paralismAddress(), -1, 0, 255);
        assertThat(DelegationProof.walletMessage(other)).isEqualTo("""
            A2AL Delegation Authorization
            Authorize this Ed25519 key to operate on behalf of your Paralism address.

            op_key:29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7
            agent:%s
            scope:255
            issued_at:18446744073709551615
            expires_at:0
            """.formatted(OWNER.paralismAddress()));
    }

    @Test
    void ownersOfOtherAddressesSignNoText() {
        Delegation natively = delegation(Fixtures.A.address());
        assertThatThrownBy(() -> DelegationProof.walletMessage(natively))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Fixtures.A.address().toString());
        assertThatThrownBy(() -> DelegationProof.sign(OWNER, natively)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op_key: 29ACBAE141BCCAF0B22E1A94D34D0BC7361E526D0BFE12C89794BC9322966DD7",
                " \u00a0op_key\t:\u30000X29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7\r",
                "a line without a colon\nscope:1",
                "scope:2\nscope:001",
                "unknown:field:with:colons",
                ":",
                "agent:a37e5f4552091a69125d5dfcb7b8c2659029395bdf",
                "issued_at:00000000000000000000000001700000000"
            })
    void aTextIsReadLooselyAsLongAsItSaysTheSame(String appended) {
        Delegation delegation = delegation(OWNER.ethereumAddress());
        String text = DelegationProof.walletMessage(delegation) + appended;
        assertThat(WalletMessage.states(text, delegation)).isTrue();
        assertThat(signedText(OWNER, delegation, text).isSigned(signatures)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op_key:29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966d",
                "op_key:0x0x29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7",
                "op_key:",
                "op_key:no digits",
                "agent:",
                "agent:0x7E5F4552091A69125d5DfCb7b8C2659029395BdF",
                "agent:0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF",
                "scope:2",
                "scope:257",
                "scope:+1",
                "scope:-255",
                "scope:١",
                "issued_at:1700000000.0",
                "issued_at:1 700000000",
                "issued_at:18446744075409551616",
                "expires_at:"
            })
    void aTextThatSaysSomethingElseIsNoProof(String appended) {
        Delegation delegation = delegation(OWNER.ethereumAddress());
        String text = DelegationProof.walletMessage(delegation) + appended;
        assertThat(WalletMessage.states(text, delegation)).isFalse();
        assertThat(signedText(OWNER, delegation, text).isSigned(signatures)).isFalse();
    }

    @Test
    void everyLineWithAFieldIsNeeded() {
        Delegation delegation = delegation(OWNER.ethereumAddress());
        String text = DelegationProof.walletMessage(delegation);
        for (String field : List.of("op_key", "agent", "scope", "issued_at", "expires_at")) {
            String without = text.replaceFirst(field + ":.*\n", "");
            assertThat(without).isNotEqualTo(text);
            assertThat(WalletMessage.states(without, delegation)).as(field).isFalse();
        }
        String onlyFields = text.substring(text.indexOf("op_key"));
        assertThat(WalletMessage.states(onlyFields, delegation)).isTrue();
    }

    private static DelegationProof signedText(WalletKey key, Delegation delegation, String text) {
        return new DelegationProof(
                delegation, new Authorization.ByWallet(text, WalletSignatures.sign(delegation.agent(), text, key)));
    }

    // ---- proofs -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("agents")
    void aWalletsSignatureMakesAProof(Address agent) throws Exception {
        Delegation delegation = delegation(agent);
        DelegationProof proof = DelegationProof.ofWalletSignature(delegation, signature(OWNER, delegation));
        assertThat(proof.isSigned(signatures)).isTrue();
        assertThat(proof.isInForceAt(Fixtures.NOW)).isTrue();
        assertThat(proof).isEqualTo(DelegationProof.sign(OWNER, delegation));
        assertThat(DelegationProof.decode(proof.encode())).isEqualTo(proof).hasSameHashCodeAs(proof);
        assertThat(proof.authorization())
                .isEqualTo(new Authorization.ByWallet(
                        DelegationProof.walletMessage(delegation), signature(OWNER, delegation)));
    }

    @Test
    void aStrangersSignatureIsRefusedNamingTheStranger() {
        Delegation ethereum = delegation(OWNER.ethereumAddress());
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(ethereum, signature(STRANGER, ethereum)))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessageContaining("not made by " + OWNER.ethereumAddress())
                .hasMessageContaining("by " + STRANGER.ethereumAddress());
        Delegation paralism = delegation(OWNER.paralismAddress());
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(paralism, signature(STRANGER, paralism)))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessageContaining("not made by " + OWNER.paralismAddress())
                .hasMessageContaining("by " + STRANGER.paralismAddress());
    }

    @Test
    void whatIsNoSignatureAtAllIsRefusedNamingNobodyElse() {
        Delegation delegation = delegation(OWNER.ethereumAddress());
        Bytes good = signature(OWNER, delegation);
        for (Bytes none : List.of(Bytes.zeros(65), withByte(good, 64, 29), withByte(good, 64, 2))) {
            assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, none))
                    .isInstanceOf(InvalidDelegationException.class)
                    .hasMessageNotContaining("but by");
        }
        for (int length : new int[] {0, 64, 66}) {
            assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, Bytes.zeros(length)))
                    .isInstanceOf(InvalidDelegationException.class)
                    .hasMessageContaining("65 bytes, not " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("agents")
    void aKeySignsForItsOwnAddressesOnly(Address agent) {
        assertThatThrownBy(() -> DelegationProof.sign(STRANGER, delegation(agent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(agent.toString());
    }

    @ParameterizedTest
    @MethodSource("agents")
    void anyChangedFieldBreaksTheProof(Address agent) {
        Authorization good = DelegationProof.sign(OWNER, delegation(agent)).authorization();
        Bytes key = Fixtures.B.publicKey();
        Address other = STRANGER.ethereumAddress();
        for (Delegation changed : List.of(
                new Delegation(Fixtures.C.publicKey(), agent, 1_700_000_000L, 1_800_000_000L, 1),
                new Delegation(key, other, 1_700_000_000L, 1_800_000_000L, 1),
                new Delegation(key, Fixtures.A.address(), 1_700_000_000L, 1_800_000_000L, 1),
                new Delegation(key, agent, 1_700_000_001L, 1_800_000_000L, 1),
                new Delegation(key, agent, 1_700_000_000L, 0, 1),
                new Delegation(key, agent, 1_700_000_000L, 1_800_000_000L, 2))) {
            assertThat(new DelegationProof(changed, good).isSigned(signatures))
                    .as("%s", changed)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("agents")
    void everyByteOfTheSignatureCounts(Address agent) {
        DelegationProof good = DelegationProof.sign(OWNER, delegation(agent));
        String text = DelegationProof.walletMessage(good.delegation());
        Bytes signature = good.authorization().signature();
        for (int at = 0; at < signature.length(); at++) {
            Bytes changed = withByte(signature, at, signature.at(at) ^ 1);
            assertThat(new DelegationProof(good.delegation(), new Authorization.ByWallet(text, changed))
                            .isSigned(signatures))
                    .as("byte %s", at)
                    .isFalse();
        }
    }

    @Test
    void ethereumWalletsWriteTheRecoveryIdInEitherWay() throws Exception {
        Delegation delegation = delegation(OWNER.ethereumAddress());
        Bytes signature = signature(OWNER, delegation);
        assertThat(signature.at(64)).isBetween(27, 28);
        Bytes small = withByte(signature, 64, signature.at(64) - 27);
        DelegationProof proof = DelegationProof.ofWalletSignature(delegation, small);
        assertThat(proof.authorization().signature()).as("kept as it is").isEqualTo(small);
        assertThat(proof.isSigned(signatures)).isTrue();
    }

    @Test
    void theOwnerOfAnUncompressedParalismKeySignsWithTheHeaderThatSaysSo() throws Exception {
        Address uncompressed = Address.ofParalismKey(OWNER.publicKey());
        assertThat(uncompressed).isNotEqualTo(OWNER.paralismAddress());
        Delegation delegation = delegation(uncompressed);
        Bytes signature = signature(OWNER, delegation);
        assertThat(signature.at(0)).isBetween(31, 34);
        assertThatThrownBy(() -> DelegationProof.ofWalletSignature(delegation, signature))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessageContaining("by " + OWNER.paralismAddress());
        Bytes header = withByte(signature, 0, signature.at(0) - 4);
        assertThat(DelegationProof.ofWalletSignature(delegation, header).isSigned(signatures))
                .isTrue();
    }

    @Test
    void longTextsHaveTheLengthPrefixOfBitcoin() {
        // Digests of texts of 252, 253 and 65536 bytes differ in the form of their length only if it is written right;
        // the vectors have only the middle form, so the preimages are spelled out here.
        assertThat(WalletSignatures.paralismDigest("a".repeat(252)))
                .isEqualTo(doubleSha256("1842697463" + "6f696e205369676e6564204d6573736167653a0a" + "fc", 252));
        assertThat(WalletSignatures.paralismDigest("a".repeat(253)))
                .isEqualTo(doubleSha256("1842697463" + "6f696e205369676e6564204d6573736167653a0a" + "fdfd00", 253));
        assertThat(WalletSignatures.paralismDigest("a".repeat(65_536)))
                .isEqualTo(
                        doubleSha256("1842697463" + "6f696e205369676e6564204d6573736167653a0a" + "fe00000100", 65_536));
    }

    private static Bytes doubleSha256(String head, int count) {
        byte[] preimage = Bytes.fromHex(head + "61".repeat(count)).toArray();
        return Bytes.copyOf(Sha256.hash(Sha256.hash(preimage)));
    }
}
