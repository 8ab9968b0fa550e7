package io.a2al.protocol.testing;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Secp256k1;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.RecordVerifier;
import java.security.SecureRandom;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Values that many tests need. Everything is fixed; what looks random comes from a generator the test seeds. */
public final class Fixtures {

    /** Key A of the specification's examples: seed 00 01 … 1f. */
    public static final Identity A = identity(0x00);

    /** Key B of the specification's examples: seed 20 21 … 3f. */
    public static final Identity B = identity(0x20);

    /** Key C: seed 40 41 … 5f. */
    public static final Identity C = identity(0x40);

    /** The time that records of the tests are made at, in Unix seconds. */
    public static final long NOW = 1_700_000_000L;

    private Fixtures() {}

    /** The identity whose seed is 32 consecutive bytes. */
    public static Identity identity(int firstByte) {
        return Identity.ofSeed(consecutive(firstByte, 32).toArray());
    }

    /** The wallet whose private key is this small number. */
    public static WalletKey wallet(int number) {
        byte[] privateKey = new byte[Secp256k1.SCALAR_LENGTH];
        privateKey[privateKey.length - 1] = (byte) number;
        return WalletKey.ofPrivateKey(privateKey);
    }

    /** {@code count} consecutive bytes. */
    public static Bytes consecutive(int first, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return Bytes.copyOf(bytes);
    }

    /** {@code count} bytes from {@code random}. */
    public static Bytes random(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    /** A source of what looks random to code that demands the secure kind, yet is the same for the same seed. */
    public static SecureRandom secureRandom(int seed) {
        return new SeededRandom(seed);
    }

    private static final class SeededRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final Random random;

        SeededRandom(int seed) {
            this.random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    /** The endpoint of the specification's examples: 203.0.113.7:4121. */
    public static Endpoint observed() {
        return ipv4("cb007107", 4121);
    }

    /** An endpoint whose IPv4 address is given in hexadecimal digits. */
    public static Endpoint ipv4(String ip, int port) {
        return Endpoint.of(Bytes.fromHex(ip).toArray(), port);
    }

    /** An endpoint in 2001:db8::/32. */
    public static Endpoint ipv6(int lastByte, int port) {
        byte[] ip = Bytes.fromHex("20010db8000000000000000000000000").toArray();
        ip[15] = (byte) lastByte;
        return Endpoint.of(ip, port);
    }

    /** A new codec with the preferred signature library. */
    public static MessageCodec codec() {
        return new MessageCodec(Ed25519.preferred().newVerifier());
    }

    /** A new record verifier with the preferred signature library. */
    public static RecordVerifier recordVerifier() {
        return new RecordVerifier(Ed25519.preferred().newVerifier());
    }
}
