package io.a2al.core.shell;

import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.RecordVerifier;

/**
 * What a shell encodes, signs and verifies with. Keeps buffers, so it belongs to one thread at a time.
 *
 * @param codec for packets
 * @param records verifies the records in them
 * @param signer signs packets with the node's key
 */
public record Keys(MessageCodec codec, RecordVerifier records, Signer signer) {

    /** Keys that verify packets and records with the same verifier. */
    public static Keys of(SignatureVerifier verifier, Signer signer) {
        return new Keys(new MessageCodec(verifier), new RecordVerifier(verifier), signer);
    }
}
