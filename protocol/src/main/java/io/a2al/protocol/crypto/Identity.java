package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * An Ed25519 key pair with the address and NodeID derived from it (wire.md section 1). The seed leaves this object only
 * through {@link #exportSeed()}; no text form shows it. Immutable until it is destroyed. Thread-safe, except that
 * {@link #destroy()} must not run while other threads use the seed.
 */
public final class Identity implements Destroyable {

    /** Length of the secret seed, in bytes. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final Bytes publicKey;
    private final Address address;
    private final NodeId nodeId;
    private volatile boolean destroyed;

    private Identity(byte[] seed) {
        this.seed = seed;
        byte[] key = new byte[SignatureVerifier.PUBLIC_KEY_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        this.publicKey = Bytes.copyOf(key);
        this.address = Address.ofPublicKey(publicKey);
        this.nodeId = NodeId.ofAddress(address);
    }

    /**
     * Returns the identity of a 32-byte RFC 8032 seed. The seed is copied.
     *
     * @throws IllegalArgumentException if the seed has another length
     */
    public static Identity ofSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("a seed has " + SEED_LENGTH + " bytes, not " + seed.length);
        }
        return new Identity(seed.clone());
    }

    /** Returns a new identity from 32 bytes of {@code random}. */
    public static Identity generate(SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return new Identity(seed);
    }

    /** Returns the 32-byte public key. */
    public Bytes publicKey() {
        return publicKey;
    }

    /** Returns the native address of the public key. */
    public Address address() {
        return address;
    }

    /** Returns the SHA-256 of the address. */
    public NodeId nodeId() {
        return nodeId;
    }

    /** Returns a new signer of the preferred library, for use by one thread. */
    public Signer newSigner() {
        return newSigner(Ed25519.preferred());
    }

    /** Returns a new signer of {@code library}, for use by one thread. All libraries make the same signatures. */
    public Signer newSigner(Ed25519 library) {
        return library.newSigner(presentSeed(), publicKey);
    }

    /**
     * Returns the X25519 private key that corresponds to the public key (wire.md section 15): the clamped first half of
     * the SHA-512 of the seed. The caller wipes it after use.
     *
     * @throws IllegalStateException if the seed was wiped
     */
    public byte[] x25519PrivateKey() {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-512").digest(presentSeed());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-512", e);
        }
        byte[] key = Arrays.copyOf(hash, SEED_LENGTH);
        Arrays.fill(hash, (byte) 0);
        key[0] &= (byte) 0xf8;
        key[31] = (byte) ((key[31] & 0x7f) | 0x40);
        return key;
    }

    /**
     * Returns a copy of the secret seed. The caller wipes it after use.
     *
     * @throws IllegalStateException if the seed was wiped
     */
    public byte[] exportSeed() {
        return presentSeed().clone();
    }

    private byte[] presentSeed() {
        if (destroyed) {
            throw new IllegalStateException("the seed of " + this + " has been wiped");
        }
        return seed;
    }

    /**
     * Wipes the seed. Methods that need it then throw {@link IllegalStateException}; signers made before keep their own
     * copy.
     */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Returns the address, never the seed. */
    @Override
    public String toString() {
        return "Identity[" + address + "]";
    }
}
