package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Remembers address and NodeID of those who sent lately, which take two digests to make. Each key has one place; two
 * that share it replace each other, at the price of those digests. Fixed memory; not thread-safe.
 */
final class Senders {

    private static final int PLACES = 1024;

    /** Whoever has this key. */
    record Sender(Bytes key, Address address, NodeId nodeId) {}

    private final @Nullable Sender[] places = new @Nullable Sender[PLACES];

    /** The owner of the 32-byte key that begins at an offset. */
    Sender at(byte[] input, int keyAt) {
        int place = ((input[keyAt] & 0xff) | (input[keyAt + 1] << 8)) & (PLACES - 1);
        Sender known = places[place];
        if (known != null && known.key().equalsRange(input, keyAt, keyAt + SignatureVerifier.PUBLIC_KEY_LENGTH)) {
            return known;
        }
        Bytes key = Bytes.copyOfRange(input, keyAt, keyAt + SignatureVerifier.PUBLIC_KEY_LENGTH);
        Address address = Address.ofPublicKey(key);
        Sender sender = new Sender(key, address, NodeId.ofAddress(address));
        places[place] = sender;
        return sender;
    }
}
