package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;

/**
 * The parts of a packet that we encoded: a map of header, body, key and signature, each behind its one-byte key.
 *
 * @param headerLength what the header has to have, in bytes
 */
record PacketParts(Bytes packet, int headerLength) {

    /** Head of the map and key 1. */
    private static final int HEADER_AT = 2;

    /** Key 3 and head, key, key 4 and head, signature. */
    private static final int TAIL = 3 + SignatureVerifier.PUBLIC_KEY_LENGTH + 3 + SignatureVerifier.SIGNATURE_LENGTH;

    Bytes header() {
        return packet.slice(HEADER_AT, HEADER_AT + headerLength);
    }

    Bytes body() {
        return packet.slice(HEADER_AT + headerLength + 1, packet.length() - TAIL);
    }

    Bytes signature() {
        return packet.slice(packet.length() - SignatureVerifier.SIGNATURE_LENGTH, packet.length());
    }
}
