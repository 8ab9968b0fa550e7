package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;

/**
 * Checks detached signatures. Malformed keys, messages and signatures yield {@code false}, never an exception. An
 * instance keeps buffers and parsed keys and is used by one thread at a time.
 */
public interface SignatureVerifier {

    /** Length of a signature, in bytes. */
    int SIGNATURE_LENGTH = 64;

    /** Length of a public key, in bytes. */
    int PUBLIC_KEY_LENGTH = 32;

    /**
     * Returns true if the {@value #SIGNATURE_LENGTH} bytes of {@code signature} from {@code signatureAt} on are a valid
     * signature by {@code publicKey} over the bytes {@code from} (inclusive) to {@code to} (exclusive) of {@code
     * message}.
     */
    boolean verify(Bytes publicKey, byte[] message, int from, int to, byte[] signature, int signatureAt);

    /**
     * Returns true if {@code signature} has the right length and is valid for {@code publicKey} and {@code message}.
     */
    default boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return signature.length() == SIGNATURE_LENGTH
                && verify(publicKey, message.toArray(), 0, message.length(), signature.toArray(), 0);
    }
}
