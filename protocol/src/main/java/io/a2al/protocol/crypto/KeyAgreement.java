package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X25519 (RFC 7748), and the conversion of Ed25519 public keys to it (wire.md section 15). Only sealed mail uses it.
 * Mail is rare, so that BouncyCastle is fast enough. Stateless and thread-safe.
 */
public final class KeyAgreement {

    private static final int LENGTH = X25519.POINT_SIZE;
    private static final BigInteger FIELD_PRIME = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private KeyAgreement() {}

    /** Returns a new private key of 32 bytes. The caller wipes it after use. */
    public static byte[] generatePrivateKey(SecureRandom random) {
        byte[] key = new byte[LENGTH];
        X25519.generatePrivateKey(random, key);
        return key;
    }

    /** Returns the public key of a private key, 32 bytes each. */
    public static Bytes publicKey(byte[] privateKey) {
        byte[] key = new byte[LENGTH];
        X25519.generatePublicKey(privateKey, 0, key, 0);
        return Bytes.copyOf(key);
    }

    /**
     * Returns the 32-byte shared secret, or nothing if it would be all zeros, as it is for public keys of small order.
     * The caller wipes the secret after use.
     */
    public static Optional<byte[]> agree(byte[] privateKey, Bytes publicKey) {
        byte[] shared = new byte[LENGTH];
        return X25519.calculateAgreement(privateKey, 0, publicKey.toArray(), 0, shared, 0)
                ? Optional.of(shared)
                : Optional.empty();
    }

    /**
     * Returns the Montgomery u coordinate of an Ed25519 public key, (1 + y) / (1 - y), as an X25519 public key of 32
     * bytes. The values are public, so timing does not matter.
     */
    public static Bytes toX25519(Bytes ed25519PublicKey) {
        byte[] bigEndian = reversed(ed25519PublicKey.toArray());
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger denominator = BigInteger.ONE.subtract(y).mod(FIELD_PRIME);
        // Only the neutral element has no inverse. Its u coordinate is 0 by convention, and agree() rejects it.
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
