package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X25519 (RFC 7748), and the way from an Ed25519 public key to it (wire.md section 15). Used for sealed mail only,
 * which is rare, so that BouncyCastle's speed is enough. Stateless and thread-safe.
 */
public final class KeyAgreement {

    private static final int LENGTH = X25519.POINT_SIZE;
    private static final BigInteger FIELD_PRIME = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private KeyAgreement() {}

    /** A fresh private key; the caller wipes it after use. */
    public static byte[] generatePrivateKey(SecureRandom random) {
        byte[] key = new byte[LENGTH];
        X25519.generatePrivateKey(random, key);
        return key;
    }

    /** The public key of a private one. */
    public static Bytes publicKey(byte[] privateKey) {
        byte[] key = new byte[LENGTH];
        X25519.generatePublicKey(privateKey, 0, key, 0);
        return Bytes.copyOf(key);
    }

    /** The shared secret, which the caller wipes after use; nothing if it would be all zeros. */
    public static Optional<byte[]> agree(byte[] privateKey, Bytes publicKey) {
        byte[] shared = new byte[LENGTH];
        return X25519.calculateAgreement(privateKey, 0, publicKey.toArray(), 0, shared, 0)
                ? Optional.of(shared)
                : Optional.empty();
    }

    /**
     * The Montgomery u coordinate of an Ed25519 public key: (1 + y) / (1 - y). Public values, so timing does not
     * matter.
     */
    public static Bytes toX25519(Bytes ed25519PublicKey) {
        byte[] bigEndian = reversed(ed25519PublicKey.toArray());
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger denominator = BigInteger.ONE.subtract(y).mod(FIELD_PRIME);
        // The point without an inverse is the neutral one; its u coordinate is 0 by convention, and nothing comes of
        // it.
        BigInteger u = denominator.signum() == 0
                ? BigInteger.ZERO
                : BigInteger.ONE
                        .add(y)
                        .multiply(denominator.modInverse(FIELD_PRIME))
                        .mod(FIELD_PRIME);
        byte[] number = u.toByteArray();
        byte[] bytes = new byte[LENGTH];
        int length = Math.min(number.length, LENGTH);
        System.arraycopy(number, number.length - length, bytes, LENGTH - length, length);
        return Bytes.copyOf(reversed(bytes));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
