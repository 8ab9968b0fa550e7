package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A secp256k1 key pair, as a wallet has it, with the addresses derived from it (wire.md section 1). The private key
 * leaves this object only through {@link #exportPrivateKey()}; no text form shows it. Immutable until it is destroyed,
 * and thread-safe as long as nobody destroys it while others use it.
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
     * The pair of a 32-byte private key, which is copied.
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

    /** The public key: 65 bytes, 4, X, Y. */
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

    /** Signs a 32-byte digest. */
    public Secp256k1.Signature sign(Bytes digest) {
        return Secp256k1.sign(presentKey(), digest);
    }

    /** A copy of the private key; the caller wipes it after use. */
    public byte[] exportPrivateKey() {
        return presentKey().clone();
    }

    private byte[] presentKey() {
        if (destroyed) {
            throw new IllegalStateException("the private key of " + this + " has been wiped");
        }
        return privateKey;
    }

    /** Wipes the private key; afterwards whatever needs it throws {@link IllegalStateException}. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** The Ethereum address; never the secret. */
    @Override
    public String toString() {
        return "WalletKey[" + ethereumAddress() + "]";
    }
}
