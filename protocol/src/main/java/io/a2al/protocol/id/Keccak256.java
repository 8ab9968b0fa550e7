package io.a2al.protocol.id;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 with the original padding, as Ethereum uses it; this is not SHA3-256. Stateless and thread-safe. */
public final class Keccak256 {

    private static final int BITS = 256;

    private Keccak256() {}

    /** Returns the 32-byte digest of the concatenation of {@code parts}. */
    public static byte[] hash(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(BITS);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
