package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;

/**
 * A message with its header and the key by which it claims to be signed. The signature has not been checked; see {@link
 * MessageCodec#verify}. Immutable, with value equality; thread-safe.
 *
 * @param senderKey 32 bytes
 * @param sender the native address of {@code senderKey}
 * @param senderId the NodeID of {@code sender}
 */
public record Envelope(Header header, Message message, Bytes senderKey, Address sender, NodeId senderId) {

    /** Returns an envelope whose sender address and NodeID are derived from {@code senderKey}. */
    public static Envelope of(Header header, Message message, Bytes senderKey) {
        Address sender = Address.ofPublicKey(senderKey);
        return new Envelope(header, message, senderKey, sender, NodeId.ofAddress(sender));
    }

    /** Returns the transaction id of the message. */
    public TransactionId transactionId() {
        return header.transactionId();
    }

    /** Returns the sender as a contact at {@code source}, the endpoint that its datagram came from. */
    public Contact senderAt(Endpoint source) {
        return new Contact(sender, senderId, source);
    }
}
