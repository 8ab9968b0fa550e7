package io.a2al.app.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.Passphrase;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Secp256k1;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code a2al id delegate}. A owns an agent, or a wallet does; B may act. */
class IdDelegateTest {

    private static final WalletKey WALLET = Fixtures.wallet(1);
    private static final String ETHEREUM = WALLET.ethereumAddress().toString();
    private static final String PARALISM = WALLET.paralismAddress().toString();
    private static final String HINT = " (see a2al id delegate --help)";

    @TempDir
    private Path folder;

    private Path operator;
    private Path request;
    private Path proofFile;

    @BeforeEach
    void keepIdentity() throws Exception {
        operator = Files.createDirectory(folder.resolve("operator"));
        request = operator.resolve("delegation.request");
        proofFile = operator.resolve("delegation.proof");
        KeyFiles.in(operator).keep(Fixtures.B);
    }

    private static Cli.Result delegate(String... args) {
        return Cli.run(
                Stream.concat(Stream.of("id", "delegate"), Stream.of(args)).toArray(String[]::new));
    }

    private Cli.Result delegateFor(String... args) {
        return delegate(Stream.concat(Stream.of("--for", operator.toString()), Stream.of(args))
                .toArray(String[]::new));
    }

    private static void assertDone(Cli.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static void assertWrongUse(String line, Cli.Result result) {
        assertThat(result.errLines()).containsExactly(line + HINT);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    private DelegationProof kept() throws Exception {
        return KeyFiles.in(operator).delegation().orElseThrow();
    }

    /** What an Ethereum wallet does with a text: EIP-191, spelled out here. */
    private static Bytes signLikeAWallet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Keccak.Digest256 keccak = new Keccak.Digest256();
        keccak.update(("\u0019Ethereum Signed Message:\n" + bytes.length).getBytes(StandardCharsets.UTF_8));
        Secp256k1.Signature made = WALLET.sign(Bytes.copyOf(keccak.digest(bytes)));
        return made.r().concat(made.s()).concat(Bytes.copyOf(new byte[] {(byte) (27 + made.recoveryId())}));
    }

    // ---- by another identity ----------------------------------------------------------------------------------

    @Test
    void anotherIdentitySignsAtOnce() throws Exception {
        Path master = Files.createDirectory(folder.resolve("master"));
        KeyFiles.in(master).keep(Fixtures.A);
        long before = Instant.now().getEpochSecond();

        Cli.Result result = delegateFor("--master-data", master.toString(), "--expires", "90d");

        assertDone(result);
        Delegation says = kept().delegation();
        assertThat(says.agent()).isEqualTo(Fixtures.A.address());
        assertThat(says.operationalKey()).isEqualTo(Fixtures.B.publicKey());
        assertThat(says.issuedAt()).isBetween(before, before + 60);
        assertThat(says.expiresAt()).isEqualTo(says.issuedAt() + 90 * 86_400);
        assertThat(result.value("agent")).isEqualTo(Fixtures.A.address().toString());
        assertThat(result.value("family")).isEqualTo("native");
        assertThat(result.value("op address")).isEqualTo(Fixtures.B.address().toString());
        assertThat(result.value("kept in")).isEqualTo(proofFile.toString());
        assertThat(result.out()).doesNotContain("proof  ");

        JsonNode shown =
                Cli.run("id", "show", "--data", operator.toString(), "--json").json();
        assertThat(shown.at("/delegation/agent").textValue())
                .isEqualTo(Fixtures.A.address().toString());
        assertThat(shown.at("/delegation/validity").textValue()).isEqualTo("in force");
        assertThat(shown.at("/delegation/for_this_identity").booleanValue()).isTrue();
    }

    @Test
    void aKeyThatIsElsewhereGetsItsProofAsTextOrAsAFile() throws Exception {
        Path master = Files.createDirectory(folder.resolve("master"));
        KeyFiles.in(master).keep(Fixtures.A);
        Path file = folder.resolve("proof");

        Cli.Result printed = delegate(
                "--master-data",
                master.toString(),
                "--for",
                Fixtures.B.publicKey().toHex());
        Cli.Result written = delegate(
                "--master-data",
                master.toString(),
                "--for",
                Fixtures.B.publicKey().toHex(),
                "--out",
                file.toString());

        assertDone(printed);
        assertThat(DelegationProof.decode(Bytes.fromHex(printed.value("proof")))
                        .delegation()
                        .operationalKey())
                .isEqualTo(Fixtures.B.publicKey());
        assertDone(written);
        assertThat(written.value("written to")).isEqualTo(file.toString());
        assertThat(KeyFiles.in(operator).delegation()).isEmpty();
        // And there it is taken over.
        assertDone(delegateFor("--proof", file.toString()));
        assertThat(kept()).isEqualTo(KeyFiles.readDelegation(file));
    }

    @Test
    void eitherIdentityMayBeEncrypted() throws Exception {
        Path master = Files.createDirectory(folder.resolve("master"));
        try (Passphrase words = Passphrase.of("of the master".toCharArray())) {
            KeyFiles.in(master).keepEncrypted(Fixtures.A, words, Fixtures.secureRandom(1));
        }
        Path words = Files.writeString(folder.resolve("words"), "of the master\n");

        assertDone(delegateFor("--master-data", master.toString(), "--master-passphrase-file", words.toString()));
        assertThat(kept().delegation().agent()).isEqualTo(Fixtures.A.address());
        assertWrongUse(
                "no passphrase for " + master.resolve("identity.ed25519")
                        + "; give it with --master-passphrase-file FILE, in $A2AL_MASTER_PASSPHRASE, or at a terminal",
                delegateFor("--master-data", master.toString()));
        assertWrongUse(
                "no passphrase for " + master.resolve("identity.ed25519")
                        + "; give it with --passphrase-file FILE, in $A2AL_PASSPHRASE, or at a terminal",
                delegate("--master-data", operator.toString(), "--for", master.toString()));
    }

    // ---- by a wallet ------------------------------------------------------------------------------------------

    @Test
    void theTextForTheWalletIsPrintedAloneAndKept() throws Exception {
        Cli.Result result = delegateFor("--ethereum", ETHEREUM, "--issued-at", "1700000000", "--expires", "1800000000");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
            A2AL Delegation Authorization
            Authorize this Ed25519 key to operate on behalf of your Ethereum address.

            op_key:29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7
            agent:0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf
            scope:1
            issued_at:1700000000
            expires_at:1800000000
            """);
        assertThat(request).hasContent(result.out());
        assertThat(result.errLines())
                .containsExactly("sign this text with the wallet of " + ETHEREUM + ", then run: a2al id delegate --for "
                        + operator + " --signature SIGNATURE");
    }

    @Test
    void theSignatureOfTheWaitingTextMakesAProof() throws Exception {
        assertThat(delegateFor("--ethereum", ETHEREUM, "--expires", "90d").exitCode())
                .isZero();
        Bytes signature = signLikeAWallet(Files.readString(request));

        Cli.Result result = delegateFor("--signature", "0x" + signature.toHex());

        assertDone(result);
        assertThat(kept().delegation().agent()).isEqualTo(WALLET.ethereumAddress());
        assertThat(kept().authorization().signature()).isEqualTo(signature);
        assertThat(request).doesNotExist();
    }

    @Test
    void aTextThatLostItsLastLineFeedIsAccepted() throws Exception {
        assertThat(delegateFor("--ethereum", ETHEREUM).exitCode()).isZero();
        String text = Files.readString(request).stripTrailing();

        assertDone(delegateFor("--signature", signLikeAWallet(text).toHex()));

        assertThat(kept().authorization())
                .isInstanceOfSatisfying(
                        Authorization.ByWallet.class,
                        made -> assertThat(made.message()).isEqualTo(text));
    }

    @Test
    void theSameTextCanBeMadeAgainFromTheOptions() throws Exception {
        String key = Fixtures.B.publicKey().toHex();
        Cli.Result first = delegate("--for", key, "--ethereum", ETHEREUM, "--issued-at", "1700000000");
        String again = first.err().strip().replaceFirst(".*a2al id delegate ", "");
        assertThat(again)
                .isEqualTo("--for " + key + " --ethereum " + ETHEREUM
                        + " --issued-at 1700000000 --expires never --signature SIGNATURE");

        Bytes signature = signLikeAWallet(first.out());
        Cli.Result second =
                delegate(again.replace("SIGNATURE", signature.toHex()).split(" "));

        assertDone(second);
        DelegationProof proof = DelegationProof.decode(Bytes.fromHex(second.value("proof")));
        assertThat(proof.delegation())
                .isEqualTo(Delegation.of(Fixtures.B.publicKey(), WALLET.ethereumAddress(), 1_700_000_000L, 0));
        assertThat(proof.authorization().signature()).isEqualTo(signature);
    }

    @Test
    void jsonHasTheTextAndItsFields() throws Exception {
        JsonNode json = delegateFor(
                        "--paralism", PARALISM, "--issued-at", "1700000000", "--expires", "1800000000", "--json")
                .json();
        assertThat(json.get("message").textValue()).isEqualTo(Files.readString(request));
        assertThat(json.get("agent").textValue()).isEqualTo(PARALISM);
        assertThat(json.get("family").textValue()).isEqualTo("paralism");
        assertThat(json.get("op_key").textValue())
                .isEqualTo(Fixtures.B.publicKey().toHex());
        assertThat(json.get("scope").intValue()).isEqualTo(1);
        assertThat(json.get("issued_at").longValue()).isEqualTo(1_700_000_000L);
        assertThat(json.get("expires_at").longValue()).isEqualTo(1_800_000_000L);
        assertThat(json.get("request_file").textValue()).isEqualTo(request.toString());
    }

    @Test
    void aWalletsKeyAtHandSignsAtOnce() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "0x" + "00".repeat(31) + "01\n");
        for (String[] owner : new String[][] {{"--ethereum", ETHEREUM}, {"--paralism", PARALISM}}) {
            JsonNode json = delegateFor(owner[0], owner[1], "--wallet-key-file", key.toString(), "--json")
                    .json();
            assertThat(kept().delegation().agent()).isEqualTo(Address.parse(owner[1]));
            assertThat(json.get("proof").textValue()).isEqualTo(kept().encode().toHex());
        }
        String other = Fixtures.wallet(2).ethereumAddress().toString();
        assertWrongUse(
                other + " is not an address of the signing key in " + key,
                delegateFor("--ethereum", other, "--wallet-key-file", key.toString()));
        Files.writeString(key, "00".repeat(32));
        assertWrongUse(
                "file " + key + ": not a secp256k1 private key",
                delegateFor("--ethereum", ETHEREUM, "--wallet-key-file", key.toString()));
    }

    // ---- what can go wrong ------------------------------------------------------------------------------------

    @Test
    void aSignatureThatDoesNotHoldIsNotKept() throws Exception {
        assertThat(delegateFor("--ethereum", ETHEREUM).exitCode()).isZero();
        String text = Files.readString(request);

        assertWrongUse(
                "signature: neither 130 hexadecimal digits nor 88 characters of Base64, but 4 characters of something"
                        + " else",
                delegateFor("--signature", "0x00"));
        Cli.Result ofAnotherText = delegateFor(
                "--signature",
                signLikeAWallet(text.replace("scope:1", "scope:2")).toHex());
        assertThat(ofAnotherText.exitCode()).isEqualTo(2);
        assertThat(ofAnotherText.errLines())
                .singleElement()
                .asString()
                .startsWith("signature: it was not made by " + ETHEREUM + " over this text, but by 0x");
        assertThat(KeyFiles.in(operator).delegation()).isEmpty();
        assertThat(request).hasContent(text);
    }

    @Test
    void aSignatureWithoutItsTextIsRefused() throws Exception {
        String signature = "00".repeat(65);
        assertWrongUse(
                "no delegation in " + operator
                        + " waits for a signature; give --ethereum or --paralism, --issued-at and"
                        + " --expires as they were when the text was made",
                delegateFor("--signature", signature));
        String which = "the signature of which text? Give --ethereum or --paralism, --issued-at and --expires as they"
                + " were when the text was made";
        assertWrongUse(which, delegate("--for", Fixtures.B.publicKey().toHex(), "--signature", signature));
        assertThat(delegateFor("--ethereum", ETHEREUM).exitCode()).isZero();
        assertWrongUse(which, delegateFor("--signature", signature, "--expires", "90d"));
        assertWrongUse(
                "the delegation that waits in " + operator + " is by " + ETHEREUM + ", not by " + PARALISM
                        + "; for another text give --issued-at and --expires, too",
                delegateFor("--signature", signature, "--paralism", PARALISM));
        Files.delete(operator.resolve("identity.key"));
        KeyFiles.in(operator).keep(Fixtures.C);
        assertWrongUse(
                "the delegation that waits in " + operator
                        + " is for another key than the one that is kept there; make the request again",
                delegateFor("--signature", signature));
    }

    @Test
    void aDamagedRequestIsNamed() throws Exception {
        for (String text : new String[] {
            "nonsense",
            "op_key:" + Fixtures.B.publicKey() + "\nagent:" + Fixtures.A.address()
                    + "\nscope:1\nissued_at:1\nexpires_at:0"
        }) {
            Files.writeString(request, text);
            Cli.Result result = delegateFor("--signature", "00".repeat(65));
            assertThat(result.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("file " + request + " is damaged: ")
                    .endsWith("; remove it and make the request again");
            assertThat(result.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void timesThatMakeNoSenseAreRefused() throws Exception {
        assertWrongUse(
                "the delegation would end at 2023-11-14T22:13:20Z, before it begins at 2023-11-14T22:13:20Z; choose"
                        + " another --expires",
                delegateFor("--ethereum", ETHEREUM, "--issued-at", "1700000000", "--expires", "1700000000"));
        Path key = Files.writeString(folder.resolve("key"), "00".repeat(31) + "01");
        assertWrongUse(
                "the delegation is expired: it is from 2023-11-14T22:13:20Z to 2023-11-14T22:13:21Z",
                delegateFor(
                        "--ethereum",
                        ETHEREUM,
                        "--wallet-key-file",
                        key.toString(),
                        "--issued-at",
                        "1700000000",
                        "--expires",
                        "1s"));
        assertWrongUse(
                "the delegation is issued in the future: it is from 2999-01-01T00:00:00Z to never",
                delegateFor("--ethereum", ETHEREUM, "--wallet-key-file", key.toString(), "--issued-at", "2999-01-01"));
        assertThat(KeyFiles.in(operator).delegation()).isEmpty();
    }

    @Test
    void proofsForOthersAndNonsenseAreNotTakenOver() throws Exception {
        Path file = folder.resolve("proof");
        DelegationProof forC = DelegationProof.sign(Fixtures.A.newSigner(), Fixtures.C.publicKey(), 1, 0);
        Files.writeString(file, forC.encode().toHex());
        assertWrongUse(
                "the proof in " + file + " is for the key of " + Fixtures.C.address() + ", not for that of "
                        + Fixtures.B.address(),
                delegateFor("--proof", file.toString()));
        Files.writeString(file, "nonsense");
        assertWrongUse(
                "delegation file " + file + " is damaged: it does not consist of hexadecimal digits; restore it from a"
                        + " backup, or move it away and have the agent's owner sign a new one",
                delegateFor("--proof", file.toString()));
        assertThat(KeyFiles.in(operator).delegation()).isEmpty();
    }

    @Test
    void wrongUseIsAnsweredInOneLine() {
        assertWrongUse("whose agent? Give --master-data DIR, --ethereum ADDRESS or --paralism ADDRESS", delegateFor());
        assertWrongUse(
                PARALISM + " is not of the family ethereum, but of paralism", delegateFor("--ethereum", PARALISM));
        assertWrongUse(
                Fixtures.A.address() + " is not of the family paralism, but of native",
                delegateFor("--paralism", Fixtures.A.address().toString()));
        assertWrongUse(
                "--master-data signs at once; leave out --signature, --wallet-key-file and --proof",
                delegateFor("--master-data", "x", "--signature", "00"));
        assertWrongUse(
                "--master-passphrase-file is for the identity of --master-data; give that, too",
                delegateFor("--ethereum", ETHEREUM, "--master-passphrase-file", "x"));
        assertWrongUse(
                "--proof says it all; leave out --ethereum, --paralism, --issued-at and --expires",
                delegateFor("--ethereum", ETHEREUM, "--proof", "x"));
        assertWrongUse(
                Fixtures.B.address() + " need not delegate to itself; choose another key with --for",
                delegateFor("--master-data", operator.toString()));
        assertWrongUse(
                "not an address: \"0x7e\": expected 42 hexadecimal digits, got 4 characters",
                delegateFor("--ethereum", "0x7e"));
        assertThat(delegateFor("--ethereum", ETHEREUM, "--paralism", PARALISM).errLines())
                .containsExactly(
                        "--ethereum=ADDRESS, --paralism=ADDRESS are mutually exclusive (specify only one)" + HINT);
    }
}
