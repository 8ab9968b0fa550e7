package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/**
 * Ed25519 from BouncyCastle: pure Java, works everywhere, several times slower than the native library.
 *
 * <p>Hazard: BouncyCastle checks the cofactored equation; the reference and the native libraries check the stricter
 * cofactorless one. Both agree if the key and the point R of the signature are of prime order. This class therefore
 * checks the order of the key, once per key, and of R, for signatures that BouncyCastle accepts. If one of them is not
 * of prime order, which only happens on purpose, the JDK decides: slowly, but by the stricter equation.
 */
final class BouncyCastleEd25519 extends Ed25519 {

    @Override
    public String name() {
        return "bouncycastle";
    }

    @Override
    public SignatureVerifier newVerifier() {
        return new Verifier();
    }

    @Override
    Signer newSigner(byte[] seed, Bytes publicKey) {
        return new KeySigner(seed.clone(), publicKey.toArray());
    }

    private static boolean isPrimeOrder(byte[] encodedPoint, int offset) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(encodedPoint, offset);
    }

    private record Key(PublicPoint point, boolean primeOrder) {}

    private static final class Verifier implements SignatureVerifier {

        private final LruCache<Bytes, Optional<Key>> parsed = new LruCache<>(KEY_CACHE_SIZE);
        private Optional<SignatureVerifier> exact = Optional.empty();

        @Override
        public boolean verify(Bytes publicKey, byte[] message, int from, int to, byte[] sig, int at) {
            if (!StrictEncoding.isReducedScalar(sig, at)) {
                return false;
            }
            Optional<Key> key = parsed.computeIfAbsent(publicKey, Verifier::parse);
            if (key.isEmpty()
                    || !org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                            sig, at, key.get().point(), message, from, to - from)) {
                return false;
            }
            return (key.get().primeOrder() && isPrimeOrder(sig, at))
                    || exact().verify(publicKey, message, from, to, sig, at);
        }

        private SignatureVerifier exact() {
            if (exact.isEmpty()) {
                exact = Optional.of(new PlatformEd25519().newVerifier());
            }
            return exact.get();
        }

        private static Optional<Key> parse(Bytes publicKey) {
            if (!StrictEncoding.isAcceptableKey(publicKey)) {
                return Optional.empty();
            }
            byte[] encoded = publicKey.toArray();
            PublicPoint point = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(encoded, 0);
            return point == null ? Optional.empty() : Optional.of(new Key(point, isPrimeOrder(encoded, 0)));
        }
    }

    private static final class KeySigner implements Signer {

        private final byte[] seed;
        private final byte[] publicKey;

        KeySigner(byte[] seed, byte[] publicKey) {
            this.seed = seed;
            this.publicKey = publicKey;
        }

        @Override
        public Bytes publicKey() {
            return Bytes.copyOf(publicKey);
        }

        @Override
        public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
            org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                    seed, 0, publicKey, 0, message, from, to - from, target, targetAt);
        }
    }

    /** The JDK's own Ed25519. It signs sixty times slower than the fastest library, so it only decides rare cases. */
    private static final class PlatformEd25519 extends JcaEd25519 {

        PlatformEd25519() {
            super(platformProvider());
        }

        private static Provider platformProvider() {
            Provider provider = Security.getProvider("SunEC");
            if (provider == null) {
                throw new IllegalStateException("this Java platform lacks the SunEC security provider");
            }
            return provider;
        }

        @Override
        public String name() {
            return "jdk";
        }
    }
}
