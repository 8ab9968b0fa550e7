package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;

/**
 * Rejects keys and scalars on which signature libraries differ, before a library sees them: keys that are not the
 * canonical encoding of a point, keys of small order (no key generator makes one, and their signatures prove nothing),
 * and scalars that are not reduced (RFC 8032 section 5.1.7). Stateless and thread-safe.
 */
final class StrictEncoding {

    /** Group order L, big-endian. */
    private static final byte[] GROUP_ORDER = Bytes.fromHex(
                    "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed")
            .toArray();

    /** Field prime p = 2^255 - 19, big-endian. */
    private static final byte[] FIELD_PRIME = Bytes.fromHex(
                    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed")
            .toArray();

    /** The y coordinates, little-endian, of all points whose order divides 8. */
    private static final Bytes[] SMALL_ORDER_Y = {
        Bytes.fromHex("0000000000000000000000000000000000000000000000000000000000000000"),
        Bytes.fromHex("0100000000000000000000000000000000000000000000000000000000000000"),
        Bytes.fromHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private StrictEncoding() {}

    static boolean isAcceptableKey(Bytes publicKey) {
        if (publicKey.length() != SignatureVerifier.PUBLIC_KEY_LENGTH) {
            return false;
        }
        byte[] y = publicKey.toArray();
        y[31] &= 0x7f;
        if (!isBelow(y, 0, FIELD_PRIME)) {
            return false;
        }
        for (Bytes small : SMALL_ORDER_Y) {
            if (small.equalsRange(y, 0, y.length)) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if the second half of the signature at {@code signatureAt}, its scalar, is below L. */
    static boolean isReducedScalar(byte[] signature, int signatureAt) {
        return isBelow(signature, signatureAt + 32, GROUP_ORDER);
    }

    /** Compares 32 little-endian bytes with 32 big-endian ones. The values are public, so timing does not matter. */
    private static boolean isBelow(byte[] littleEndian, int offset, byte[] bigEndian) {
        for (int i = 0; i < 32; i++) {
            int difference = (littleEndian[offset + 31 - i] & 0xff) - (bigEndian[i] & 0xff);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }
}
