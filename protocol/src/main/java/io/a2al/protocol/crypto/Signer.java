package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;

/** Signs with one key. An instance belongs to one thread at a time. */
public interface Signer {

    /** The 32-byte public key that verifies what this signs. */
    Bytes publicKey();

    /**
     * Signs the bytes {@code from} (inclusive) to {@code to} (exclusive) of {@code message} and writes the 64-byte
     * signature into {@code target}, the first byte at {@code targetAt}.
     */
    void sign(byte[] message, int from, int to, byte[] target, int targetAt);

    /** The 64-byte signature of a whole byte string. */
    default Bytes sign(Bytes message) {
        byte[] signature = new byte[SignatureVerifier.SIGNATURE_LENGTH];
        sign(message.toArray(), 0, message.length(), signature, 0);
        return Bytes.copyOf(signature);
    }
}
