package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** Ed25519 from a security provider that the subclass names. The provider is not registered with the JDK. */
abstract class JcaEd25519 extends Ed25519 {

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PUBLIC_KEY_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE_KEY_HEADER = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final Provider provider;

    JcaEd25519(Provider provider) {
        this.provider = provider;
    }

    @Override
    public SignatureVerifier newVerifier() {
        try {
            return new Verifier(
                    Signature.getInstance(ALGORITHM, provider), KeyFactory.getInstance(ALGORITHM, provider));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name() + " offers no Ed25519", e);
        }
    }

    @Override
    Signer newSigner(byte[] seed, Bytes publicKey) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM, provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(join(PRIVATE_KEY_HEADER, seed)));
            return new KeySigner(Signature.getInstance(ALGORITHM, provider), key, publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name() + " refused an Ed25519 key", e);
        }
    }

    private static byte[] join(byte[] header, byte[] key) {
        byte[] encoded = new byte[header.length + key.length];
        System.arraycopy(header, 0, encoded, 0, header.length);
        System.arraycopy(key, 0, encoded, header.length, key.length);
        return encoded;
    }

    private static final class Verifier implements SignatureVerifier {

        private final Signature signature;
        private final KeyFactory keys;
        private final LruCache<Bytes, Optional<PublicKey>> parsed = new LruCache<>(KEY_CACHE_SIZE);
        private final Function<Bytes, Optional<PublicKey>> parser = this::parse;

        Verifier(Signature signature, KeyFactory keys) {
            this.signature = signature;
            this.keys = keys;
        }

        @Override
        public boolean verify(Bytes publicKey, byte[] message, int from, int to, byte[] sig, int at) {
            if (!StrictEncoding.isReducedScalar(sig, at)) {
                return false;
            }
            Optional<PublicKey> key = parsed.computeIfAbsent(publicKey, parser);
            if (key.isEmpty()) {
                return false;
            }
            try {
                signature.initVerify(key.get());
                signature.update(message, from, to - from);
                return signature.verify(sig, at, SIGNATURE_LENGTH);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private Optional<PublicKey> parse(Bytes publicKey) {
            if (!StrictEncoding.isAcceptableKey(publicKey)) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        keys.generatePublic(new X509EncodedKeySpec(join(PUBLIC_KEY_HEADER, publicKey.toArray()))));
            } catch (InvalidKeySpecException e) {
                return Optional.empty();
            }
        }
    }

    /** Not a record, because libraries that turn records into text read every component and would show the key. */
    private static final class KeySigner implements Signer {

        private final Signature signature;
        private final PrivateKey key;
        private final Bytes publicKey;

        KeySigner(Signature signature, PrivateKey key, Bytes publicKey) {
            this.signature = signature;
            this.key = key;
            this.publicKey = publicKey;
        }

        @Override
        public Bytes publicKey() {
            return publicKey;
        }

        @Override
        public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
            try {
                signature.initSign(key);
                signature.update(message, from, to - from);
                signature.sign(target, targetAt, SignatureVerifier.SIGNATURE_LENGTH);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the signature library failed to sign", e);
            }
        }

        @Override
        public String toString() {
            return "Signer[" + publicKey + "]";
        }
    }
}
