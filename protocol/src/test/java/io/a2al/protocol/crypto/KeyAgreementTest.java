package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.TestResources;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyAgreementTest {

    private static Bytes agree(Bytes privateKey, Bytes publicKey) {
        return Bytes.copyOf(KeyAgreement.agree(privateKey.toArray(), publicKey).orElseThrow());
    }

    @Test
    void theExamplesOfTheStandard() {
        int checked = 0;
        for (String line : TestResources.text("standards/x25519.txt").lines().toList()) {
            if (!line.startsWith("#")) {
                String[] words = line.split(" ", -1);
                assertThat(agree(Bytes.fromHex(words[0]), Bytes.fromHex(words[1])))
                        .as(line)
                        .isEqualTo(Bytes.fromHex(words[2]));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(4);
        // Section 6.1: Alice's public key.
        assertThat(KeyAgreement.publicKey(
                        Bytes.fromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
                                .toArray()))
                .isEqualTo(Bytes.fromHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    }

    /** Section 5.2: a result becomes the next scalar, the scalar the next coordinate. */
    @Test
    void theIteratedExampleOfTheStandard() {
        Bytes scalar = Bytes.fromHex("09").concat(Bytes.zeros(31));
        Bytes coordinate = scalar;
        for (int i = 1; i <= 1_000; i++) {
            Bytes next = agree(scalar, coordinate);
            coordinate = scalar;
            scalar = next;
            if (i == 1) {
                assertThat(next.toHex()).isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
            }
        }
        assertThat(scalar.toHex()).isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    @Test
    void signingKeysAndAgreementKeysBelongTogether() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            Identity identity = Identity.ofSeed(Fixtures.random(random, 32).toArray());
            assertThat(KeyAgreement.publicKey(identity.x25519PrivateKey()))
                    .isEqualTo(KeyAgreement.toX25519(identity.publicKey()));
        }
    }

    @Test
    void privateKeysAreClampedAndFreshEachTime() {
        byte[] own = Fixtures.A.x25519PrivateKey();
        assertThat(own[0] & 7).isZero();
        assertThat(own[31] & 0xc0).isEqualTo(0x40);
        own[5] ^= 1;
        assertThat(Fixtures.A.x25519PrivateKey()).isNotEqualTo(own);
        byte[] generated = KeyAgreement.generatePrivateKey(Fixtures.secureRandom(1));
        assertThat(generated).isNotEqualTo(KeyAgreement.generatePrivateKey(Fixtures.secureRandom(2)));
        assertThat(generated).isEqualTo(KeyAgreement.generatePrivateKey(Fixtures.secureRandom(1)));
    }

    @Test
    void bothSidesAgree() {
        byte[] ephemeral = KeyAgreement.generatePrivateKey(Fixtures.secureRandom(1));
        assertThat(KeyAgreement.agree(ephemeral, KeyAgreement.toX25519(Fixtures.B.publicKey())))
                .hasValueSatisfying(shared -> assertThat(
                                KeyAgreement.agree(Fixtures.B.x25519PrivateKey(), KeyAgreement.publicKey(ephemeral)))
                        .hasValueSatisfying(other -> assertThat(other).isEqualTo(shared)));
    }

    /** All points of small order on the curve and its twist, with the numbers that mean the same. */
    @Test
    void nothingComesOfPointsOfSmallOrder() {
        for (String point : List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")) {
            assertThat(KeyAgreement.agree(Fixtures.A.x25519PrivateKey(), Bytes.fromHex(point)))
                    .as(point)
                    .isEmpty();
        }
    }

    @Test
    void theSignOfASigningKeyDoesNotMatter() {
        byte[] other = Fixtures.A.publicKey().toArray();
        other[31] ^= (byte) 0x80;
        assertThat(KeyAgreement.toX25519(Bytes.copyOf(other))).isEqualTo(KeyAgreement.toX25519(Fixtures.A.publicKey()));
        // The neutral element has no coordinate on the other curve; by convention it becomes zero.
        assertThat(KeyAgreement.toX25519(Bytes.fromHex("01").concat(Bytes.zeros(31))))
                .isEqualTo(Bytes.zeros(32));
    }
}
