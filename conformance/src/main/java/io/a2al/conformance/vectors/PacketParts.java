package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;

/**
 * The parts of a packet that this implementation encoded: a map of header, body, public key and signature, each
 * preceded by its one-byte map key.
 *
 * @param headerLength expected length of the header, in bytes
 */
record PacketParts(Bytes packet, int headerLength) {

    /** Offset of the header in bytes: after the head of the map and map key 1. */
    private static final int HEADER_AT = 2;

    /** Length in bytes of map key 3, head and public key, map key 4, head and signature. */
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
