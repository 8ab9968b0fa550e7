package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.testing.Fixtures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The curve's arithmetic, and the keys of wallets. */
class Secp256k1Test {

    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private static final BigInteger N = new BigInteger(ORDER, 16);
    private static final Bytes DIGEST = Fixtures.consecutive(1, 32);

    private static Bytes scalar(BigInteger number) {
        return Bytes.fromHex("%064x".formatted(number));
    }

    private static WalletKey key(String privateKey) {
        return WalletKey.ofPrivateKey(Bytes.fromHex(privateKey).toArray());
    }

    /** Known answers for RFC 6979 with this curve and SHA-256, low s, that several wallet libraries share. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0000000000000000000000000000000000000000000000000000000000000001|Satoshi Nakamoto\
        |934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8\
        |2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5
        0000000000000000000000000000000000000000000000000000000000000001\
        |All those moments will be lost in time, like tears in rain. Time to die...\
        |8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b\
        |547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21
        fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140|Satoshi Nakamoto\
        |fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0\
        |6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5
        f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181|Alan Turing\
        |7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c\
        |58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea
        """)
    void signsDeterministicallyLikeOthers(String privateKey, String message, String r, String s) {
        Bytes digest = Bytes.copyOf(Sha256.hash(message.getBytes(StandardCharsets.UTF_8)));
        WalletKey key = key(privateKey);
        Secp256k1.Signature signature = key.sign(digest);
        assertThat(signature.r()).isEqualTo(Bytes.fromHex(r));
        assertThat(signature.s()).isEqualTo(Bytes.fromHex(s));
        assertThat(Secp256k1.recover(digest, signature)).contains(key.publicKey());
    }

    @Test
    void theKeyThatSignedIsRecoveredAndNoOther() {
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] secret = Fixtures.random(random, 32).toArray();
            secret[0] &= 0x7f;
            WalletKey key = WalletKey.ofPrivateKey(secret);
            Bytes digest = Fixtures.random(random, 32);
            Secp256k1.Signature signature = key.sign(digest);
            assertThat(new BigInteger(1, signature.s().toArray())).isLessThanOrEqualTo(N.shiftRight(1));
            assertThat(Secp256k1.recover(digest, signature)).contains(key.publicKey());
            assertThat(Secp256k1.recover(Fixtures.random(random, 32), signature))
                    .isNotEqualTo(Optional.of(key.publicKey()));
            for (int id = 0; id < 4; id++) {
                boolean own = id == signature.recoveryId();
                assertThat(Secp256k1.recover(digest, new Secp256k1.Signature(signature.r(), signature.s(), id))
                                .equals(Optional.of(key.publicKey())))
                        .isEqualTo(own);
            }
            // The other value of s belongs to the other point.
            Bytes highS = scalar(N.subtract(new BigInteger(1, signature.s().toArray())));
            assertThat(Secp256k1.recover(
                            digest, new Secp256k1.Signature(signature.r(), highS, signature.recoveryId() ^ 1)))
                    .contains(key.publicKey());
        }
    }

    @Test
    void halvesOutOfRangeBelongToNobody() {
        Secp256k1.Signature good = Fixtures.wallet(1).sign(DIGEST);
        List<Bytes> none =
                List.of(Bytes.zeros(32), scalar(N), scalar(N.add(BigInteger.ONE)), Bytes.fromHex("ff".repeat(32)));
        for (Bytes wrong : none) {
            for (int id = 0; id < 4; id++) {
                assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(wrong, good.s(), id)))
                        .isEmpty();
                assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(good.r(), wrong, id)))
                        .isEmpty();
            }
        }
        // Beyond the field once the order is added, and not the abscissa of any point.
        assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(good.r(), good.s(), 2)))
                .isEmpty();
        assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(scalar(BigInteger.valueOf(5)), good.s(), 0)))
                .isEmpty();
    }

    @Test
    void theRareSecondAbscissaIsTried() {
        // r + n is still within the field for the smallest values of r; some of those are on the curve.
        long found = 0;
        for (int r = 1; r < 20; r++) {
            Optional<Bytes> low =
                    Secp256k1.recover(DIGEST, new Secp256k1.Signature(scalar(BigInteger.valueOf(r)), DIGEST, 0));
            Optional<Bytes> high =
                    Secp256k1.recover(DIGEST, new Secp256k1.Signature(scalar(BigInteger.valueOf(r)), DIGEST, 2));
            found += high.isPresent() ? 1 : 0;
            assertThat(high.isPresent() && high.equals(low)).isFalse();
        }
        assertThat(found).isBetween(1L, 18L);
    }

    @Test
    void aSignatureThatWouldNeedTheNeutralElementBelongsToNobody() {
        // With s = e and R = G the key is (s·R - e·G) / r = 0.
        Bytes generator = Fixtures.wallet(1).publicKey().slice(1, 33);
        int parity = Fixtures.wallet(1).publicKey().at(64) & 1;
        assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(generator, DIGEST, parity)))
                .isEmpty();
        assertThat(Secp256k1.recover(DIGEST, new Secp256k1.Signature(generator, DIGEST, parity ^ 1)))
                .isPresent();
    }

    @Test
    void signaturesThatNoWalletCanWriteAreRefusedAtOnce() {
        for (int id : new int[] {-1, 4, 27}) {
            assertThatThrownBy(() -> new Secp256k1.Signature(DIGEST, DIGEST, id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(id));
        }
        assertThatThrownBy(() -> new Secp256k1.Signature(Bytes.zeros(31), DIGEST, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secp256k1.Signature(DIGEST, Bytes.zeros(33), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publicKeysAreCompressedByTheParityOfTheirOrdinate() {
        assertThat(Secp256k1.compress(Fixtures.wallet(1).publicKey()).toHex())
                .isEqualTo("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        WalletKey last = key("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140");
        assertThat(Secp256k1.compress(last.publicKey()).toHex())
                .isEqualTo("0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    }

    // ---- keys of wallets --------------------------------------------------------------------------------------

    @Test
    void wellKnownKeysHaveTheirWellKnownAddresses() {
        assertThat(Fixtures.wallet(1).ethereumAddress()).hasToString("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
        assertThat(Fixtures.wallet(2).ethereumAddress()).hasToString("0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF");
        assertThat(Fixtures.wallet(1).paralismAddress())
                .isEqualTo(Address.parse("1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"))
                .isNotEqualTo(Fixtures.wallet(2).paralismAddress());
        assertThat(Fixtures.wallet(1)).hasToString("WalletKey[0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf]");
    }

    @Test
    void onlyNumbersBelowTheOrderAreKeys() {
        for (String wrong : List.of("", "01", "00".repeat(32), ORDER, "ff".repeat(32), "00" + "01".repeat(32))) {
            assertThatThrownBy(() -> key(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void thePrivateKeyIsCopiedInAndOut() {
        byte[] secret = Fixtures.consecutive(1, 32).toArray();
        WalletKey key = WalletKey.ofPrivateKey(secret);
        Secp256k1.Signature signature = key.sign(DIGEST);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(key.exportPrivateKey(), (byte) 0);
        assertThat(Bytes.copyOf(key.exportPrivateKey())).isEqualTo(Fixtures.consecutive(1, 32));
        assertThat(key.sign(DIGEST)).isEqualTo(signature);
    }

    @Test
    void generatingGoesOnUntilANumberIsAKey() {
        Bytes third = Fixtures.consecutive(1, 32);
        WalletKey key =
                WalletKey.generate(new ListedRandom(List.of(Bytes.zeros(32), Bytes.fromHex("ff".repeat(32)), third)));
        assertThat(Bytes.copyOf(key.exportPrivateKey())).isEqualTo(third);
    }

    /** Hands out listed bytes. */
    private static final class ListedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient Queue<Bytes> left;

        ListedRandom(List<Bytes> all) {
            this.left = new ArrayDeque<>(all);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            left.remove().copyTo(bytes, 0);
        }
    }
}
