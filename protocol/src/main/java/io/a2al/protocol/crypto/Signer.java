package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;

/** Signs with one key. An instance is used by one thread at a time. */
public interface Signer {

    /** Returns the 32-byte public key that verifies the signatures of this signer. */
    Bytes publicKey();

    /**
     * Signs the bytes {@code from} (inclusive) to {@code to} (exclusive) of {@code message} and writes the 64-byte
     * signature into {@code target}, the first byte at {@code targetAt}.
     */
    void sign(byte[] message, int from, int to, byte[] target, int targetAt);

    /** Returns the 64-byte signature over {@code message}. */
    default Bytes sign(Bytes message) {
        byte[] signature = new byte[SignatureVerifier.SIGNATURE_LENGTH];
        sign(message.toArray(), 0, message.length(), signature, 0);
        return Bytes.copyOf(signature);
    }
}
