package io.a2al.app.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code a2al id verify}. */
class IdVerifyTest {

    private static final WalletKey WALLET = Fixtures.wallet(1);

    @TempDir
    private Path folder;

    private static void assertDone(Cli.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static DelegationProof byWallet(long issuedAt, long expiresAt) {
        return DelegationProof.sign(
                WALLET, Delegation.of(Fixtures.B.publicKey(), WALLET.ethereumAddress(), issuedAt, expiresAt));
    }

    // ---- addresses --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "a056475aa75463474c0285df5dbf2bcab73da65135, A056475aa75463474C0285df5Dbf2bcAB73Da65135, native, 0xa0",
        "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf, 0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf, ethereum, 0xa3",
        "a37e5f4552091a69125d5dfcb7b8c2659029395bdf, 0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf, ethereum, 0xa3",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, bc1qp3wjpa3tjlj042z2wv7hahsldgwhwy0rqs8vq6l, paralism, 0xa2",
        "a156475aa75463474c0285df5dbf2bcab73da65135, A156475aa75463474c0285df5dbf2BcaB73dA65135, p-256, 0xa1",
        "a456475aa75463474c0285df5dbf2bcab73da65135, A456475AA75463474C0285DF5dbF2bcAb73Da65135, unassigned, 0xa4",
        "a856475aa75463474c0285df5dbf2bcab73da65135, '', reserved, 0xa8",
        "ae56475aa75463474c0285df5dbf2bcab73da65135, '', experimental, 0xae",
        "af56475aa75463474c0285df5dbf2bcab73da65135, '', private use, 0xaf"
    })
    void anAddressIsShownInItsUsualFormWithItsParts(String text, String usual, String family, String version)
            throws Exception {
        Address address = Address.parse(text);
        Cli.Result result = Cli.run("id", "verify", text);

        assertDone(result);
        assertThat(result.outLines())
                .containsExactly(
                        "address  " + address,
                        "family  " + family,
                        "version  " + version,
                        "payload  " + address.toHex().substring(2),
                        "node id  " + NodeId.ofAddress(address));
        if (family.matches("native|ethereum|paralism|p-256")) {
            assertThat(result.value("address")).isEqualTo(usual);
        }
        assertThat(Cli.run("id", "verify", text, "--json").json().get("family").textValue())
                .isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "A056475AA75463474C0285DF5DBF2BCAB73DA65135, upper and lower case",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, SegWit",
        "nobody, expected 42 hexadecimal digits"
    })
    void whatIsNoAddressIsRefusedSayingWhy(String text, String why) {
        Cli.Result result = Cli.run("id", "verify", text);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .startsWith("not an address: \"" + text + "\": ")
                .contains(why)
                .endsWith(" (see a2al id verify --help)");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    // ---- proofs -----------------------------------------------------------------------------------------------

    @Test
    void everyFieldOfAProofIsShown() throws Exception {
        DelegationProof proof = byWallet(1_700_000_000L, 0);
        JsonNode json =
                Cli.run("id", "verify", proof.encode().toHex(), "--json").json();

        assertThat(json.get("agent").textValue())
                .isEqualTo(WALLET.ethereumAddress().toString());
        assertThat(json.get("family").textValue()).isEqualTo("ethereum");
        assertThat(json.get("agent_node_id").textValue())
                .isEqualTo(NodeId.ofAddress(WALLET.ethereumAddress()).toString());
        assertThat(json.get("op_key").textValue())
                .isEqualTo(Fixtures.B.publicKey().toHex());
        assertThat(json.get("op_address").textValue())
                .isEqualTo(Fixtures.B.address().toString());
        assertThat(json.get("scope").intValue()).isEqualTo(1);
        assertThat(json.get("issued_at").longValue()).isEqualTo(1_700_000_000L);
        assertThat(json.get("issued").textValue()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(json.get("expires_at").longValue()).isZero();
        assertThat(json.get("expires").textValue()).isEqualTo("never");
        assertThat(json.get("signature").textValue())
                .isEqualTo(proof.authorization().signature().toHex());
        assertThat(json.get("message").textValue()).isEqualTo(DelegationProof.walletMessage(proof.delegation()));
        assertThat(json.get("signature_holds").booleanValue()).isTrue();
        assertThat(json.get("validity").textValue()).isEqualTo("in force");
    }

    @Test
    void aProofIsReadFromAFileInDigitsOrBytes() throws Exception {
        DelegationProof proof = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1, 0);
        Path digits = Files.writeString(folder.resolve("digits"), proof.encode().toHex() + "\n");
        Path bytes = Files.write(folder.resolve("bytes"), proof.encode().toArray());
        for (Path file : new Path[] {digits, bytes}) {
            Cli.Result result = Cli.run("id", "verify", file.toString());
            assertDone(result);
            assertThat(result.value("master key"))
                    .isEqualTo(Fixtures.A.publicKey().toHex());
            assertThat(result.value("signature holds")).isEqualTo("true");
        }
    }

    @Test
    void peopleSeeTheSignedTextAsLines() {
        Cli.Result result = Cli.run("id", "verify", byWallet(1, 0).encode().toHex());
        assertThat(result.outLines())
                .containsSequence("signed text", "  A2AL Delegation Authorization")
                .contains("  issued_at:1");
    }

    @Test
    void aProofThatIsNotInForceFails() {
        assertFailed("this proof is expired", byWallet(1, 2));
        assertFailed("this proof is issued in the future", byWallet(32_472_144_000L, 0));
        DelegationProof good = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.B.publicKey(), 1, 0);
        Delegation longer = Delegation.of(Fixtures.B.publicKey(), Fixtures.A.address(), 2, 0);
        assertFailed(
                "the signature of this proof is not one of " + Fixtures.A.address(),
                new DelegationProof(longer, good.authorization()));
    }

    private static void assertFailed(String line, DelegationProof proof) {
        Cli.Result result = Cli.run("id", "verify", proof.encode().toHex());
        assertThat(result.errLines()).containsExactly(line);
        assertThat(result.value("agent")).isEqualTo(proof.delegation().agent().toString());
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsNoProofIsRefusedNamingTheField() throws Exception {
        Bytes encoded = byWallet(1, 0).encode();
        String cut = encoded.slice(0, 100).toHex();
        Cli.Result result = Cli.run("id", "verify", cut);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .startsWith("not a delegation proof: malformed at byte ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();

        Path file = Files.writeString(folder.resolve("file"), "nonsense");
        assertThat(Cli.run("id", "verify", file.toString()).err()).startsWith("not a delegation proof: ");
    }
}
