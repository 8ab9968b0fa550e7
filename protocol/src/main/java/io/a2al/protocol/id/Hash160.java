package io.a2al.protocol.id;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** HASH160, the RIPEMD-160 of the SHA-256, as Paralism addresses use it (wire.md 1.1). Stateless and thread-safe. */
public final class Hash160 {

    private Hash160() {}

    /** Returns the 20-byte digest of {@code bytes}. */
    public static byte[] hash(byte[] bytes) {
        byte[] inner = Sha256.hash(bytes);
        RIPEMD160Digest digest = new RIPEMD160Digest();
        digest.update(inner, 0, inner.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
