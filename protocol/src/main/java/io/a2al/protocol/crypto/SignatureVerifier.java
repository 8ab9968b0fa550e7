package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;

/**
 * Checks detached signatures. An instance keeps buffers and parsed keys, so it belongs to one thread at a time; hostile
 * keys, messages and signatures are answered with {@code false}, never with an exception.
 */
public interface SignatureVerifier {

    /** Length of a signature in bytes. */
    int SIGNATURE_LENGTH = 64;

    /** Length of a public key in bytes. */
    int PUBLIC_KEY_LENGTH = 32;

    /**
     * True if the {@value #SIGNATURE_LENGTH} bytes of {@code signature} at {@code signatureAt} are a signature by
     * {@code publicKey} of the bytes {@code from} (inclusive) to {@code to} (exclusive) of {@code message}.
     */
    boolean verify(Bytes publicKey, byte[] message, int from, int to, byte[] signature, int signatureAt);

    /** The same for whole byte strings; a signature of another length is refused. */
    default boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return signature.length() == SIGNATURE_LENGTH
                && verify(publicKey, message.toArray(), 0, message.length(), signature.toArray(), 0);
    }
}
