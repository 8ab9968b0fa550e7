package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Caches the address and NodeID of recent senders, which take two digests to derive. Each key maps to one slot; keys
 * that share a slot replace each other, at the cost of those digests. The memory is fixed. Not thread-safe.
 */
final class Senders {

    /** Number of slots, a power of two. */
    private static final int SLOTS = 1024;

    /** A sender's key, 32 bytes, with the address and NodeID derived from it. */
    record Sender(Bytes key, Address address, NodeId nodeId) {}

    private final @Nullable Sender[] slots = new @Nullable Sender[SLOTS];

    /** Returns the sender whose 32-byte key begins at {@code keyAt}. */
    Sender at(byte[] input, int keyAt) {
        int slot = ((input[keyAt] & 0xff) | (input[keyAt + 1] << 8)) & (SLOTS - 1);
        Sender known = slots[slot];
        if (known != null && known.key().equalsRange(input, keyAt, keyAt + SignatureVerifier.PUBLIC_KEY_LENGTH)) {
            return known;
        }
        Bytes key = Bytes.copyOfRange(input, keyAt, keyAt + SignatureVerifier.PUBLIC_KEY_LENGTH);
        Address address = Address.ofPublicKey(key);
        Sender sender = new Sender(key, address, NodeId.ofAddress(address));
        slots[slot] = sender;
        return sender;
    }
}
