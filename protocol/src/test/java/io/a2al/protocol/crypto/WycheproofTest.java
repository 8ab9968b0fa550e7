package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.testing.TestResources;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Project Wycheproof's cases against the primitives that this project uses, as it uses them. Every case has to come out
 * as the project says; of those it calls acceptable, each test says which ones are refused here and why.
 */
class WycheproofTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A case: whether it was taken, and with the right result. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds(JsonNode group, JsonNode test) throws GeneralSecurityException;
    }

    /**
     * Runs all cases of a file.
     *
     * @return numbers of the acceptable cases that were refused
     */
    private static Set<Integer> run(String file, Attempt attempt) throws Exception {
        JsonNode root = JSON.readTree(TestResources.text("wycheproof/" + file));
        Set<Integer> refused = new TreeSet<>();
        int ran = 0;
        for (JsonNode group : root.get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                boolean succeeded = attempt.succeeds(group, test);
                String verdict = test.get("result").textValue();
                if (verdict.equals("acceptable")) {
                    if (!succeeded) {
                        refused.add(test.get("tcId").intValue());
                    }
                } else {
                    assertThat(succeeded).as(file + " " + test).isEqualTo(verdict.equals("valid"));
                }
                ran++;
            }
        }
        assertThat(ran).isEqualTo(root.get("numberOfTests").intValue()).isPositive();
        return refused;
    }

    private static Bytes hex(JsonNode node, String field) {
        return Bytes.fromHex(node.get(field).textValue());
    }

    // ---- signatures -------------------------------------------------------------------------------------------

    static List<Ed25519> libraries() {
        return Ed25519.available();
    }

    /** None of these keys is one that our stricter rules refuse. */
    @ParameterizedTest
    @MethodSource("libraries")
    void ed25519(Ed25519 library) throws Exception {
        SignatureVerifier verifier = library.newVerifier();
        Set<Integer> refused = run("eddsa_test.json", (group, test) -> {
            Bytes key = hex(group.get("key"), "pk");
            Bytes seed = hex(group.get("key"), "sk");
            assertThat(Identity.ofSeed(seed.toArray()).publicKey()).isEqualTo(key);
            boolean verified = verifier.verify(key, hex(test, "msg"), hex(test, "sig"));
            if (verified) {
                // Signatures are deterministic, so that ours is the same.
                assertThat(library.newSigner(seed.toArray(), key).sign(hex(test, "msg")))
                        .isEqualTo(hex(test, "sig"));
            }
            return verified;
        });
        assertThat(refused).isEmpty();
    }

    /**
     * The signer is among the keys that can be recovered; r and s must have 32 bytes each, so that shorter ones are
     * refused.
     */
    @Test
    void secp256k1() throws Exception {
        Set<Integer> refused = run("ecdsa_secp256k1_sha256_p1363_test.json", (group, test) -> {
            Bytes digest = Bytes.copyOf(Sha256.hash(hex(test, "msg").toArray()));
            Bytes key = hex(group.get("key"), "uncompressed");
            return candidates(digest, hex(test, "sig")).contains(key);
        });
        assertThat(refused).containsExactly(119, 121, 123);
    }

    private static List<Bytes> candidates(Bytes digest, Bytes signature) {
        int half = Secp256k1.SCALAR_LENGTH;
        if (signature.length() != 2 * half) {
            return List.of();
        }
        return IntStream.range(0, 4)
                .mapToObj(id -> new Secp256k1.Signature(signature.slice(0, half), signature.slice(half, 2 * half), id))
                .map(candidate -> Secp256k1.recover(digest, candidate))
                .flatMap(Optional::stream)
                .toList();
    }

    // ---- key agreement and derivation -------------------------------------------------------------------------

    /** Keys on the twist, small and non-canonical ones are computed with; only a secret of zeros is none. */
    @Test
    void x25519() throws Exception {
        Set<Integer> zero = new TreeSet<>();
        Set<Integer> refused = run("x25519_test.json", (group, test) -> {
            Bytes expected = hex(test, "shared");
            if (expected.equals(Bytes.zeros(expected.length()))) {
                zero.add(test.get("tcId").intValue());
            }
            Optional<Bytes> shared = KeyAgreement.agree(hex(test, "private").toArray(), hex(test, "public"))
                    .map(Bytes::copyOf);
            shared.ifPresent(secret -> assertThat(secret).as(test.toString()).isEqualTo(expected));
            return shared.isPresent();
        });
        assertThat(refused).isEqualTo(zero).isNotEmpty();
    }

    /** Like sealed mail derives its keys; more than 255 blocks cannot be derived. */
    @Test
    void hkdfSha256() throws Exception {
        Set<Integer> refused = run("hkdf_sha256_test.json", (group, test) -> {
            HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(hex(test, "ikm").toArray())
                    .addSalt(hex(test, "salt").toArray())
                    .thenExpand(hex(test, "info").toArray(), test.get("size").intValue());
            try {
                byte[] derived = KDF.getInstance("HKDF-SHA256").deriveData(parameters);
                return Arrays.equals(derived, hex(test, "okm").toArray());
            } catch (GeneralSecurityException tooLong) {
                return false;
            }
        });
        assertThat(refused).isEmpty();
    }

    // ---- ciphers ----------------------------------------------------------------------------------------------

    /** The cipher of sealed mail, which uses keys of 256 bits and nonces of 96; an empty nonce is refused. */
    @Test
    void aesGcm() throws Exception {
        Set<Integer> refused = run("aes_gcm_test.json", (group, test) -> {
            try {
                return areInverse(test, WycheproofTest::aesGcm);
            } catch (GeneralSecurityException | IllegalArgumentException notAuthentic) {
                return false;
            }
        });
        assertThat(refused).isEmpty();
    }

    private static byte[] aesGcm(boolean encrypt, JsonNode test, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                new SecretKeySpec(hex(test, "key").toArray(), "AES"),
                new GCMParameterSpec(128, hex(test, "iv").toArray()));
        cipher.updateAAD(hex(test, "aad").toArray());
        return cipher.doFinal(input);
    }

    /** The cipher of encrypted identities; nonces of other lengths than 192 bits are refused. */
    @Test
    void xChaCha20Poly1305() throws Exception {
        Set<Integer> refused = run("xchacha20_poly1305_test.json", (group, test) -> {
            try {
                return areInverse(test, WycheproofTest::xChaCha20Poly1305);
            } catch (GeneralSecurityException | IllegalArgumentException notAuthentic) {
                return false;
            }
        });
        assertThat(refused).isEmpty();
    }

    private static byte[] xChaCha20Poly1305(boolean encrypt, JsonNode test, byte[] input)
            throws GeneralSecurityException {
        XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
        cipher.init(
                encrypt,
                new AEADParameters(
                        new KeyParameter(hex(test, "key").toArray()),
                        128,
                        hex(test, "iv").toArray(),
                        hex(test, "aad").toArray()));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        try {
            int written = cipher.processBytes(input, 0, input.length, output, 0);
            cipher.doFinal(output, written);
            return output;
        } catch (InvalidCipherTextException notAuthentic) {
            throw new GeneralSecurityException(notAuthentic);
        }
    }

    @FunctionalInterface
    private interface Aead {
        byte[] crypt(boolean encrypt, JsonNode test, byte[] input) throws GeneralSecurityException;
    }

    /** Decrypts; what is authentic must be the message, and encrypting it must give the same again. */
    private static boolean areInverse(JsonNode test, Aead cipher) throws GeneralSecurityException {
        Bytes sealed = hex(test, "ct").concat(hex(test, "tag"));
        byte[] opened = cipher.crypt(false, test, sealed.toArray());
        assertThat(Bytes.copyOf(opened)).as(test.toString()).isEqualTo(hex(test, "msg"));
        assertThat(Bytes.copyOf(cipher.crypt(true, test, opened)))
                .as(test.toString())
                .isEqualTo(sealed);
        return true;
    }
}
