package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WrongPassphraseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks keystore.json: opens encrypted identities, and seals those that open again. */
final class KeystoreCheck implements FileCheck {

    private static final Bytes MAGIC = Bytes.copyOf("a2al-k1".getBytes(StandardCharsets.US_ASCII));

    @Override
    public Outcome check(Fields vector) throws MismatchException, MalformedVectorException {
        byte[] passphrase = vector.text("passphrase").getBytes(StandardCharsets.UTF_8);
        Expect.equal("passphrase", vector.hex("passphrase_utf8_hex"), Bytes.copyOf(passphrase));
        Optional<Identity> opened = open(vector.hex("blob"), passphrase);
        Expect.equal("opened", vector.bool("ok"), opened.isPresent());
        if (opened.isPresent()) {
            checkOpened(vector, passphrase, opened.get());
        }
        return new Outcome.Passed();
    }

    private static void checkOpened(Fields vector, byte[] passphrase, Identity opened)
            throws MismatchException, MalformedVectorException {
        Expect.equal("seed", vector.hex("seed"), Bytes.copyOf(opened.exportSeed()));
        Expect.equal("address", vector.address("address"), opened.address());
        Bytes blob = vector.hex("blob");
        Bytes salt = vector.hex("salt");
        Bytes nonce = vector.hex("nonce");
        Expect.equal("layout", MAGIC.concat(salt).concat(nonce).concat(vector.hex("sealed_seed")), blob);
        Expect.equal(
                "blob, sealed again",
                blob,
                EncryptedIdentity.seal(opened, passphrase, new ScriptedRandom(salt, nonce)));
    }

    private static Optional<Identity> open(Bytes blob, byte[] passphrase) {
        try {
            return Optional.of(EncryptedIdentity.open(blob, passphrase));
        } catch (WrongPassphraseException e) {
            return Optional.empty();
        }
    }
}
