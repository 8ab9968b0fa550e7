package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/**
 * The body of a message (wire.md section 7). Every message type is immutable, has value equality and is thread-safe. An
 * {@link Optional} list distinguishes null from empty, which differ on the wire. The accessor without "wire" in its
 * name returns an empty list for both.
 */
public sealed interface Message {

    /** Returns the type of this message. */
    MessageType type();

    /**
     * Returns the signed records that this message carries, as a receiver is to use them; empty for messages that carry
     * none. Their signatures have not been checked.
     */
    default List<SignedRecord> records() {
        return List.of();
    }

    /**
     * Returns true if this message fits a datagram of {@link MessageCodec#MAX_DATAGRAM} bytes. For a {@link Store}
     * without a key the limit is lower, see {@link Store#MAX_RECORD_WITHOUT_KEY}. Requests are not encoded for this:
     * only their records can make them too long. Responses are encoded to a buffer of their own; {@link ResponseBudget}
     * builds responses that fit.
     */
    default boolean fits() {
        return !type().isResponse() || MessageCodec.encodedLength(this) <= MessageCodec.MAX_DATAGRAM;
    }

    /**
     * Returns this message in the form that nodes of the older protocol version understand (wire.md section 17), or
     * nothing if there is none. A peer that is not known to speak the newer version must not be sent any other form.
     */
    default Optional<Message> basicForm() {
        return Optional.of(this);
    }

    /** Returns the address from which the sender received the request, if this type of response says so (8.2). */
    default Optional<Endpoint> observedAddress() {
        return Optional.empty();
    }

    /**
     * Asks whether a node is reachable (7.1).
     *
     * @param address the sender's address
     */
    record Ping(Address address) implements Message {
        @Override
        public MessageType type() {
            return MessageType.PING;
        }
    }

    /**
     * Answers a {@link Ping} (7.2).
     *
     * @param address the sender's address
     * @param observed where the request came from
     */
    record Pong(Address address, Endpoint observed) implements Message {
        @Override
        public Optional<Endpoint> observedAddress() {
            return Optional.of(observed);
        }

        @Override
        public MessageType type() {
            return MessageType.PONG;
        }
    }

    /** Asks for the contacts nearest to {@code target} (7.3). */
    record FindNode(NodeId target) implements Message {
        @Override
        public MessageType type() {
            return MessageType.FIND_NODE;
        }
    }

    /**
     * Answers a {@link FindNode} (7.4).
     *
     * @param wireNodes the contacts; nothing is CBOR null
     * @param observed where the request came from
     */
    record FindNodeResponse(Optional<List<Contact>> wireNodes, Endpoint observed) implements Message {

        /** Copies the list of contacts. */
        public FindNodeResponse {
            wireNodes = wireNodes.map(List::copyOf);
        }

        /** Returns the contacts; empty also if the wire has null. */
        public List<Contact> nodes() {
            return wireNodes.orElse(List.of());
        }

        @Override
        public Optional<Endpoint> observedAddress() {
            return Optional.of(observed);
        }

        @Override
        public MessageType type() {
            return MessageType.FIND_NODE_RESPONSE;
        }
    }

    /**
     * Asks for the records stored at {@code target} and for the contacts nearest to it (7.5).
     *
     * @param recordType 0 for any type, else 1 to 255
     * @param subscribe true to be sent the next new record, too; newer protocol version only
     */
    record FindValue(NodeId target, int recordType, boolean subscribe) implements Message {

        /** Checks the range of the type. */
        public FindValue {
            if (recordType < 0 || recordType > 255) {
                throw new IllegalArgumentException("a record type is within 0 to 255, not " + recordType);
            }
        }

        @Override
        public Optional<Message> basicForm() {
            return Optional.of(subscribe ? new FindValue(target, recordType, false) : this);
        }

        @Override
        public MessageType type() {
            return MessageType.FIND_VALUE;
        }
    }

    /**
     * Answers a {@link FindValue} (7.6).
     *
     * @param wireNodes the contacts; nothing is CBOR null
     * @param legacyRecord the single record that nodes of the older protocol version send; this node never does
     * @param observed where the request came from
     * @param wireRecords the records; an empty list is omitted on the wire
     */
    record FindValueResponse(
            Optional<List<Contact>> wireNodes,
            Optional<SignedRecord> legacyRecord,
            Endpoint observed,
            List<SignedRecord> wireRecords)
            implements Message {

        /** Copies the lists. */
        public FindValueResponse {
            wireNodes = wireNodes.map(List::copyOf);
            wireRecords = List.copyOf(wireRecords);
        }

        /** Returns the contacts; empty also if the wire has null. */
        public List<Contact> nodes() {
            return wireNodes.orElse(List.of());
        }

        /** Returns the list of records, or the single legacy record if the list is empty. */
        @Override
        public List<SignedRecord> records() {
            return wireRecords.isEmpty() ? legacyRecord.map(List::of).orElse(List.of()) : wireRecords;
        }

        @Override
        public Optional<Endpoint> observedAddress() {
            return Optional.of(observed);
        }

        @Override
        public MessageType type() {
            return MessageType.FIND_VALUE_RESPONSE;
        }
    }

    /**
     * Asks a node to store a record (7.7).
     *
     * @param wireKey the DHT key; absent or zero for the NodeID of the record's address
     */
    record Store(SignedRecord record, Optional<NodeId> wireKey) implements Message {

        /** Longest record, in bytes, that fits a datagram together with an explicit key, in a STORE and in a PUSH. */
        public static final int MAX_RECORD_WITH_KEY = 1029;

        /**
         * Longest record, in bytes, that is sent without an explicit key. The datagram has room for 1064 bytes, but a
         * response to a request from an IPv6 address carries at most this many: a longer record could not be read back.
         */
        public static final int MAX_RECORD_WITHOUT_KEY = 1041;

        /** Returns the length in bytes of the longest record that a STORE with or without an explicit key carries. */
        public static int maxRecord(boolean withKey) {
            return withKey ? MAX_RECORD_WITH_KEY : MAX_RECORD_WITHOUT_KEY;
        }

        @Override
        public List<SignedRecord> records() {
            return List.of(record);
        }

        @Override
        public boolean fits() {
            return record.encodedLength() <= maxRecord(wireKey.isPresent());
        }

        /** Returns the key to store the record at, given the NodeID of the record's address. */
        public NodeId key(NodeId addressId) {
            return wireKey.filter(key -> !key.isZero()).orElse(addressId);
        }

        @Override
        public MessageType type() {
            return MessageType.STORE;
        }
    }

    /**
     * Answers a {@link Store} (7.8).
     *
     * @param stored true if the node holds the record now
     * @param alreadyHad true if an equal or newer record was stored before; newer protocol version only
     * @param reason 0 none, 1 rejected by policy, 2 invalid record; newer protocol version only
     */
    record StoreResponse(boolean stored, boolean alreadyHad, int reason) implements Message {

        /** The node's policy rejected the record. */
        public static final int REASON_POLICY = 1;

        /** The record is invalid. */
        public static final int REASON_INVALID = 2;

        /** Checks the range of the reason. */
        public StoreResponse {
            if (reason < 0 || reason > 255) {
                throw new IllegalArgumentException("a reason is within 0 to 255, not " + reason);
            }
        }

        /** Returns the form that both protocol versions understand. */
        public static StoreResponse of(boolean stored) {
            return new StoreResponse(stored, false, 0);
        }

        @Override
        public Optional<Message> basicForm() {
            return Optional.of(alreadyHad || reason != 0 ? of(stored) : this);
        }

        @Override
        public MessageType type() {
            return MessageType.STORE_RESPONSE;
        }
    }

    /**
     * Asks for an echo to an address of the sender (7.9).
     *
     * @param token 8 random bytes
     * @param claimed where to send the echo
     */
    record NatProbeRequest(Bytes token, Endpoint claimed) implements Message {

        /** Checks the length of the token. */
        public NatProbeRequest {
            Token.check(token);
        }

        @Override
        public MessageType type() {
            return MessageType.NAT_PROBE_REQUEST;
        }
    }

    /**
     * The echo that a {@link NatProbeRequest} asks for (7.10).
     *
     * @param token the token of the request, 8 bytes
     */
    record NatProbeEcho(Bytes token) implements Message {

        /** Checks the length of the token. */
        public NatProbeEcho {
            Token.check(token);
        }

        @Override
        public MessageType type() {
            return MessageType.NAT_PROBE_ECHO;
        }
    }

    /** Sends a subscriber a new record at a key; newer protocol version only (7.11). */
    record Push(NodeId key, SignedRecord record) implements Message {

        @Override
        public List<SignedRecord> records() {
            return List.of(record);
        }

        @Override
        public boolean fits() {
            return record.encodedLength() <= Store.MAX_RECORD_WITH_KEY;
        }

        @Override
        public Optional<Message> basicForm() {
            return Optional.empty();
        }

        @Override
        public MessageType type() {
            return MessageType.PUSH;
        }
    }

    /**
     * Acknowledges a {@link Push}; newer protocol version only (7.12).
     *
     * @param messageId SHA-256 of the record's payload, 32 bytes
     * @param subscribe true to be sent the next new record, too
     */
    record PushAck(NodeId key, Bytes messageId, boolean subscribe) implements Message {

        /** Length of a message id, in bytes: that of a SHA-256 digest. */
        public static final int MESSAGE_ID_LENGTH = 32;

        /** Returns the acknowledgement of a push of {@code record} at {@code key}. */
        public static PushAck of(NodeId key, SignedRecord record, boolean subscribe) {
            byte[] payload = record.payload().orElse(Bytes.EMPTY).toArray();
            return new PushAck(key, Bytes.copyOf(Sha256.hash(payload)), subscribe);
        }

        /** Checks the length of the message id. */
        public PushAck {
            if (messageId.length() != MESSAGE_ID_LENGTH) {
                throw new IllegalArgumentException("a message id has 32 bytes, not " + messageId.length());
            }
        }

        @Override
        public Optional<Message> basicForm() {
            return Optional.empty();
        }

        @Override
        public MessageType type() {
            return MessageType.PUSH_ACK;
        }
    }

    /** The token of NAT probes: 8 random bytes that tie an echo to its request. */
    final class Token {

        /** Length in bytes. */
        public static final int LENGTH = 8;

        private Token() {}

        private static void check(Bytes token) {
            if (token.length() != LENGTH) {
                throw new IllegalArgumentException("a NAT probe token has 8 bytes, not " + token.length());
            }
        }
    }
}
