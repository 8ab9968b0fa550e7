package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeystoreVectorsTest {

    @Test
    void everyIdentityOfTheReferenceIsOpenedOrRefused() {
        Vectors.load("keystore.json").run(KeystoreVectorsTest::check);
    }

    private static void check(JsonNode vector) throws Exception {
        byte[] passphrase = Vectors.text(vector, "passphrase").getBytes(StandardCharsets.UTF_8);
        assertThat(Bytes.copyOf(passphrase)).isEqualTo(Vectors.hex(vector, "passphrase_utf8_hex"));
        Bytes blob = Vectors.hex(vector, "blob");
        if (!Vectors.bool(vector, "ok")) {
            assertThatThrownBy(() -> EncryptedIdentity.open(blob, passphrase))
                    .isInstanceOf(WrongPassphraseException.class);
            return;
        }
        Identity opened = EncryptedIdentity.open(blob, passphrase);
        assertThat(Bytes.copyOf(opened.exportSeed())).isEqualTo(Vectors.hex(vector, "seed"));
        assertThat(opened.address().toBytes()).isEqualTo(Vectors.hex(vector, "address"));
        // With the same salt and nonce the same blob comes out.
        Bytes salt = Vectors.hex(vector, "salt");
        Bytes nonce = Vectors.hex(vector, "nonce");
        assertThat(blob)
                .isEqualTo(Bytes.fromHex("6132616c2d6b31")
                        .concat(salt)
                        .concat(nonce)
                        .concat(Vectors.hex(vector, "sealed_seed")));
        assertThat(EncryptedIdentity.seal(opened, passphrase, new FixedRandom(salt, nonce)))
                .isEqualTo(blob);
    }

    /** Hands out salt and nonce, told apart by their lengths. */
    private static final class FixedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient Bytes salt;
        private final transient Bytes nonce;

        FixedRandom(Bytes salt, Bytes nonce) {
            this.salt = salt;
            this.nonce = nonce;
        }

        @Override
        public void nextBytes(byte[] octets) {
            (octets.length == salt.length() ? salt : nonce).copyTo(octets, 0);
        }
    }
}
