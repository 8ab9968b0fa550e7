package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;

/**
 * A message with its header and the key that claims to have signed it. Whether the signature holds is known only to who
 * asked {@link MessageCodec#verify}. Immutable, with value equality; thread-safe.
 *
 * @param senderKey 32 bytes
 * @param sender the native address of {@code senderKey}
 * @param senderId the NodeID of {@code sender}
 */
public record Envelope(Header header, Message message, Bytes senderKey, Address sender, NodeId senderId) {

    /** Derives address and NodeID from the key. */
    public static Envelope of(Header header, Message message, Bytes senderKey) {
        Address sender = Address.ofPublicKey(senderKey);
        return new Envelope(header, message, senderKey, sender, NodeId.ofAddress(sender));
    }

    /** The transaction of the message. */
    public TransactionId transactionId() {
        return header.transactionId();
    }

    /** The sender as a contact at the endpoint its datagram came from. */
    public Contact senderAt(Endpoint source) {
        return new Contact(sender, senderId, source);
    }
}
