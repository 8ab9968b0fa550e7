package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.security.SecureRandom;

/**
 * A secp256k1 key pair, as a wallet has it, with the addresses derived from it. Immutable and thread-safe. The private
 * key leaves this object only through {@link #exportPrivateKey()}; no text form shows it.
 */
public final class WalletKey {

    private final byte[] privateKey;
    private final Bytes publicKey;

    private WalletKey(byte[] privateKey) {
        this.privateKey = privateKey;
        this.publicKey = Secp256k1.publicKey(privateKey);
    }

    /**
     * The pair of a 32-octet private key, which is copied.
     *
     * @throws IllegalArgumentException if it is not within 1 to n - 1
     */
    public static WalletKey ofPrivateKey(byte[] privateKey) {
        if (!Secp256k1.isPrivateKey(privateKey)) {
            throw new IllegalArgumentException("not a secp256k1 private key");
        }
        return new WalletKey(privateKey.clone());
    }

    /** A new pair from {@code random}. */
    public static WalletKey generate(SecureRandom random) {
        return new WalletKey(Secp256k1.generate(random));
    }

    /** The public key: 65 octets, 4, X, Y. */
    public Bytes publicKey() {
        return publicKey;
    }

    /** The Ethereum address of the public key. */
    public Address ethereumAddress() {
        return Address.ofEthereumKey(publicKey);
    }

    /** The Paralism address of the compressed public key. */
    public Address paralismAddress() {
        return Address.ofParalismKey(Secp256k1.compress(publicKey));
    }

    /** Signs a 32-octet digest. */
    public Secp256k1.Signature sign(Bytes digest) {
        return Secp256k1.sign(privateKey, digest);
    }

    /** A copy of the private key; the caller wipes it after use. */
    public byte[] exportPrivateKey() {
        return privateKey.clone();
    }

    /** The Ethereum address; never the secret. */
    @Override
    public String toString() {
        return "WalletKey[" + ethereumAddress() + "]";
    }
}
