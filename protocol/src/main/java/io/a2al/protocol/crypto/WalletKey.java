package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * The secp256k1 key pair of a wallet, with the addresses derived from it (wire.md section 1). The private key leaves
 * this object only through {@link #exportPrivateKey()}; no text form shows it. Immutable until it is destroyed.
 * Thread-safe, except that {@link #destroy()} must not run while other threads use the private key.
 */
public final class WalletKey implements Destroyable {

    private final byte[] privateKey;
    private final Bytes publicKey;
    private volatile boolean destroyed;

    private WalletKey(byte[] privateKey) {
        this.privateKey = privateKey;
        this.publicKey = Secp256k1.publicKey(privateKey);
    }

    /**
     * Returns the key pair of a 32-byte private key. The key is copied.
     *
     * @throws IllegalArgumentException if it is not a number from 1 to n - 1, where n is the group order
     */
    public static WalletKey ofPrivateKey(byte[] privateKey) {
        if (!Secp256k1.isPrivateKey(privateKey)) {
            throw new IllegalArgumentException("not a secp256k1 private key");
        }
        return new WalletKey(privateKey.clone());
    }

    /** Returns a new key pair from {@code random}. */
    public static WalletKey generate(SecureRandom random) {
        return new WalletKey(Secp256k1.generate(random));
    }

    /** Returns the public key, 65 bytes: the number 4, X, Y. */
    public Bytes publicKey() {
        return publicKey;
    }

    /** Returns the Ethereum address of the public key. */
    public Address ethereumAddress() {
        return Address.ofEthereumKey(publicKey);
    }

    /** Returns the Paralism address of the compressed public key. */
    public Address paralismAddress() {
        return Address.ofParalismKey(Secp256k1.compress(publicKey));
    }

    /** Returns the signature over a 32-byte digest. */
    public Secp256k1.Signature sign(Bytes digest) {
        return Secp256k1.sign(presentKey(), digest);
    }

    /**
     * Returns a copy of the private key. The caller wipes it after use.
     *
     * @throws IllegalStateException if the key was wiped
     */
    public byte[] exportPrivateKey() {
        return presentKey().clone();
    }

    private byte[] presentKey() {
        if (destroyed) {
            throw new IllegalStateException("the private key of " + this + " has been wiped");
        }
        return privateKey;
    }

    /** Wipes the private key. Methods that need it then throw {@link IllegalStateException}. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Returns the Ethereum address, never the private key. */
    @Override
    public String toString() {
        return "WalletKey[" + ethereumAddress() + "]";
    }
}
