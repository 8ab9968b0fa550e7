package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * ECDSA over secp256k1 with public-key recovery (SEC 1, sections 4.1.3 and 4.1.6), the signatures of wallets. Only
 * delegation proofs use it. They are rare, so that BouncyCastle is fast enough. Stateless and thread-safe.
 */
public final class Secp256k1 {

    /** Length of a private key and of each half of a signature, in bytes. */
    public static final int SCALAR_LENGTH = 32;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final BigInteger ORDER = CURVE.getN();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final BigInteger FIELD_PRIME = CURVE.getCurve().getField().getCharacteristic();

    /**
     * A signature with the recovery id, which selects one of the up to four keys that could have made it.
     *
     * @param r 32 bytes, big-endian
     * @param s 32 bytes, big-endian; at most half of the group order in signatures that {@link WalletKey} makes
     * @param recoveryId 0 to 3
     */
    public record Signature(Bytes r, Bytes s, int recoveryId) {

        /**
         * Checks the lengths of r and s and the range of the recovery id; the values of r and s are not checked.
         *
         * @throws IllegalArgumentException if one of them is out of range
         */
        public Signature {
            if (r.length() != SCALAR_LENGTH || s.length() != SCALAR_LENGTH) {
                throw new IllegalArgumentException(
                        "r and s have 32 bytes each, not " + r.length() + " and " + s.length());
            }
            if (recoveryId < 0 || recoveryId > 3) {
                throw new IllegalArgumentException("a recovery id is within 0 to 3, not " + recoveryId);
            }
        }
    }

    private Secp256k1() {}

    /**
     * Recovers the public key that made a signature.
     *
     * @param digest the 32 bytes that were signed
     * @return 65 bytes (the number 4, X, Y), or nothing if no key can have made the signature
     */
    public static Optional<Bytes> recover(Bytes digest, Signature signature) {
        BigInteger r = new BigInteger(1, signature.r().toArray());
        BigInteger s = new BigInteger(1, signature.s().toArray());
        boolean inRange = r.signum() > 0 && r.compareTo(ORDER) < 0 && s.signum() > 0 && s.compareTo(ORDER) < 0;
        BigInteger x = r.add(ORDER.multiply(BigInteger.valueOf(signature.recoveryId() >> 1)));
        if (!inRange || x.compareTo(FIELD_PRIME) >= 0) {
            return Optional.empty();
        }
        byte[] compressed = new byte[1 + SCALAR_LENGTH];
        compressed[0] = (byte) (2 + (signature.recoveryId() & 1));
        toBytes(x).copyTo(compressed, 1);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
        BigInteger e = new BigInteger(1, digest.toArray());
        BigInteger inverse = r.modInverse(ORDER);
        BigInteger u1 = e.negate().multiply(inverse).mod(ORDER);
        BigInteger u2 = s.multiply(inverse).mod(ORDER);
        ECPoint key =
                ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2).normalize();
        return key.isInfinity() ? Optional.empty() : Optional.of(Bytes.copyOf(key.getEncoded(false)));
    }

    /** Returns the compressed form, 33 bytes, of a public key of 65 bytes. */
    public static Bytes compress(Bytes publicKey) {
        byte[] compressed = new byte[1 + SCALAR_LENGTH];
        compressed[0] = (byte) (2 + (publicKey.at(publicKey.length() - 1) & 1));
        publicKey.copyTo(1, compressed, 1, SCALAR_LENGTH);
        return Bytes.copyOf(compressed);
    }

    /** Returns a random private key, uniform over 1 to n - 1. */
    static byte[] generate(SecureRandom random) {
        byte[] key = new byte[SCALAR_LENGTH];
        do {
            random.nextBytes(key);
        } while (!isPrivateKey(key));
        return key;
    }

    static boolean isPrivateKey(byte[] key) {
        BigInteger scalar = new BigInteger(1, key);
        return key.length == SCALAR_LENGTH && scalar.signum() > 0 && scalar.compareTo(ORDER) < 0;
    }

    /** Returns the 65-byte public key of a private key. */
    static Bytes publicKey(byte[] privateKey) {
        return Bytes.copyOf(
                CURVE.getG().multiply(new BigInteger(1, privateKey)).normalize().getEncoded(false));
    }

    /** Signs a 32-byte digest with the nonce of RFC 6979 and the smaller of the two possible values of s. */
    static Signature sign(byte[] privateKey, Bytes digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
        BigInteger[] pair = signer.generateSignature(digest.toArray());
        BigInteger s = pair[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(pair[1]) : pair[1];
        Bytes own = publicKey(privateKey);
        for (int id = 0; id < 4; id++) {
            Signature candidate = new Signature(toBytes(pair[0]), toBytes(s), id);
            if (recover(digest, candidate).equals(Optional.of(own))) {
                return candidate;
            }
        }
        throw new IllegalStateException("the key cannot be recovered from its own signature");
    }

    private static Bytes toBytes(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[SCALAR_LENGTH];
        int length = Math.min(signed.length, SCALAR_LENGTH);
        System.arraycopy(signed, signed.length - length, bytes, SCALAR_LENGTH - length, length);
        return Bytes.copyOf(bytes);
    }
}
