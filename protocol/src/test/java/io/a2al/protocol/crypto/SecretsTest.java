package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.SecretSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text form of anything that holds a secret shows it: not in a log, a stack trace or a serializer. */
class SecretsTest {

    /** Not in any order that could occur by chance. */
    private static final Bytes SECRET =
            Bytes.fromHex("5ec7e75ec7e7b1a5e5ee9a11d0ddba11f00dcafe0ff1cebadc0ffee0defaced1");

    private static Identity identity() {
        return Identity.ofSeed(SECRET.toArray());
    }

    private static WalletKey wallet() {
        return WalletKey.ofPrivateKey(SECRET.toArray());
    }

    private static void assertHidden(Object object, Bytes secret) {
        assertThat(SecretSearch.shows(object, secret))
                .as("%s shows its secret", object.getClass())
                .isFalse();
    }

    /** What no class of this project may look like. */
    static final class Careless {

        private final byte[] key;

        Careless(byte[] key) {
            this.key = key;
        }

        public byte[] getKey() {
            return key;
        }
    }

    @Test
    void theSearchFindsWhatIsShown() {
        record Verbose(String text) {}
        assertThat(SecretSearch.shows(new Careless(SECRET.toArray()), SECRET)).isTrue();
        assertThat(SecretSearch.shows(
                        new Careless(Bytes.zeros(16).concat(SECRET).toArray()), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(
                        new Careless(Bytes.zeros(14).concat(SECRET).toArray()), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(new Verbose("key " + SECRET.toHex().toUpperCase(Locale.ROOT)), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(new Verbose(Arrays.toString(SECRET.toArray())), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(new Verbose(Base64.getUrlEncoder().encodeToString(SECRET.toArray())), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(new IllegalStateException(new IllegalStateException(SECRET.toHex())), SECRET))
                .isTrue();
        assertThat(SecretSearch.shows(new Verbose("nothing"), SECRET)).isFalse();
    }

    // ---- holders of secrets -----------------------------------------------------------------------------------

    static Stream<Ed25519> libraries() {
        return Ed25519.available().stream();
    }

    @Test
    void identitiesAndWalletsHideTheirKeys() {
        assertHidden(identity(), SECRET);
        assertHidden(identity(), Bytes.copyOf(identity().x25519PrivateKey()));
        assertHidden(wallet(), SECRET);
        assertHidden(identity().newSigner(), SECRET);
        assertHidden(RecordSigner.self(identity().newSigner()), SECRET);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void signersOfEveryLibraryHideTheirKeys(Ed25519 library) {
        Signer signer = library.newSigner(SECRET.toArray(), identity().publicKey());
        assertHidden(signer, SECRET);
        assertHidden(library, SECRET);
    }

    @Test
    void whatIsMadeWithAKeyDoesNotShowIt() throws Exception {
        Delegation delegation = Delegation.of(Fixtures.B.publicKey(), wallet().ethereumAddress(), 1, 2);
        assertHidden(DelegationProof.sign(wallet(), delegation), SECRET);
        assertHidden(wallet().sign(SECRET), SECRET);
        assertHidden(DelegationProof.sign(identity().newSigner(), Fixtures.B.publicKey(), 1, 2), SECRET);
        byte[] passphrase = "open sesame, please".getBytes(StandardCharsets.UTF_8);
        Bytes blob = EncryptedIdentity.seal(identity(), passphrase, Fixtures.secureRandom(1));
        assertHidden(blob, SECRET);
        assertHidden(blob, Bytes.copyOf(passphrase));
    }

    @Test
    void sealedNotesHideTheirText() throws Exception {
        Bytes text = Bytes.copyOf("the text of a secret note".getBytes(StandardCharsets.UTF_8));
        Bytes payload = SealedMail.seal(
                identity().address(),
                Fixtures.B.address(),
                Fixtures.B.publicKey(),
                Mail.TEXT,
                text,
                Fixtures.secureRandom(1));
        SignedRecord record = RecordSigner.self(identity().newSigner()).sign(0x80, payload, 1, 1, 1);
        assertHidden(payload, text);
        assertHidden(record, text);
        assertHidden(record, SECRET);
    }

    // ---- refusals ---------------------------------------------------------------------------------------------

    private static void assertRefusalHides(Throwable refusal, Bytes... secrets) {
        assertThat(refusal).isNotNull();
        for (Bytes secret : secrets) {
            assertHidden(refusal, secret);
        }
    }

    @Test
    void refusalsShowNoSecret() throws Exception {
        byte[] passphrase = "open sesame, please".getBytes(StandardCharsets.UTF_8);
        byte[] wrong = "open barley, please".getBytes(StandardCharsets.UTF_8);
        Bytes blob = EncryptedIdentity.seal(identity(), passphrase, Fixtures.secureRandom(1));
        assertRefusalHides(
                catchThrowable(() -> EncryptedIdentity.open(blob, wrong)),
                SECRET,
                Bytes.copyOf(passphrase),
                Bytes.copyOf(wrong));
        // A seed that was taken for a blob.
        assertRefusalHides(catchThrowable(() -> EncryptedIdentity.open(SECRET, passphrase)), SECRET);

        assertRefusalHides(
                catchThrowable(
                        () -> Identity.ofSeed(SECRET.concat(Bytes.zeros(1)).toArray())),
                SECRET);
        assertRefusalHides(
                catchThrowable(() ->
                        WalletKey.ofPrivateKey(SECRET.concat(Bytes.zeros(1)).toArray())),
                SECRET);

        Delegation others =
                Delegation.of(Fixtures.B.publicKey(), Fixtures.wallet(1).ethereumAddress(), 1, 2);
        assertRefusalHides(catchThrowable(() -> DelegationProof.sign(wallet(), others)), SECRET);
        assertRefusalHides(
                catchThrowable(() -> DelegationProof.ofWalletSignature(others, SECRET.concat(SECRET))), SECRET);
        assertRefusalHides(catchThrowable(() -> DelegationProof.decode(SECRET)), SECRET);

        Bytes payload = SealedMail.seal(
                Fixtures.A.address(),
                Fixtures.B.address(),
                Fixtures.B.publicKey(),
                3,
                SECRET,
                Fixtures.secureRandom(1));
        SignedRecord note = RecordSigner.self(Fixtures.A.newSigner()).sign(0x80, payload, 1, 1, 1);
        assertRefusalHides(catchThrowable(() -> SealedMail.open(note, Fixtures.B.address(), identity())), SECRET);
        assertRefusalHides(
                catchThrowable(() -> SealedMail.seal(
                        Fixtures.A.address(),
                        Fixtures.B.address(),
                        Fixtures.B.publicKey(),
                        3,
                        SECRET.concat(Bytes.zeros(400)),
                        Fixtures.secureRandom(1))),
                SECRET);
    }
}
