package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/**
 * The body of a message (wire.md section 7). Every kind is immutable, has value equality and is thread-safe. A list
 * that is {@link Optional} tells null from empty, which differ on the wire; the accessor without "wire" does not care.
 */
public sealed interface Message {

    /** The type number and name of this body. */
    MessageType type();

    /** Returns the signed records that this message carries, in their order; empty for most types. */
    default List<SignedRecord> records() {
        return List.of();
    }

    /**
     * The same in the form that nodes of the older generation understand (wire.md section 17), or nothing if there is
     * none. Anything else must not be sent to a node that is not known to be of the newer one.
     */
    default Optional<Message> basicForm() {
        return Optional.of(this);
    }

    /** How the sender sees the receiver's address, if this is a kind of answer that says so (8.2). */
    default Optional<Endpoint> observedAddress() {
        return Optional.empty();
    }

    /** Are you there? (7.1) */
    record Ping(Address address) implements Message {
        @Override
        public MessageType type() {
            return MessageType.PING;
        }
    }

    /** I am, and this is how I see you. (7.2) */
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

    /** Which nodes near this key do you know? (7.3) */
    record FindNode(NodeId target) implements Message {
        @Override
        public MessageType type() {
            return MessageType.FIND_NODE;
        }
    }

    /** These. (7.4) */
    record FindNodeResponse(Optional<List<Contact>> wireNodes, Endpoint observed) implements Message {

        /** Copies the list. */
        public FindNodeResponse {
            wireNodes = wireNodes.map(List::copyOf);
        }

        /** The contacts; empty also when the wire has null. */
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
     * Which records do you hold at this key, and which nodes near it do you know? (7.5)
     *
     * @param recordType 0 for any type, else 1 to 255
     * @param subscribe send me the next new record, too; the newer generation's
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
     * These. (7.6)
     *
     * @param legacyRecord the older generation's single answer; ours leaves it out
     * @param wireRecords the records; an empty list is left out on the wire
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

        /** The contacts; empty also when the wire has null. */
        public List<Contact> nodes() {
            return wireNodes.orElse(List.of());
        }

        /** The records a receiver is to use: the list, or the single one if the list is empty. */
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
     * Keep this. (7.7)
     *
     * @param wireKey the DHT key; absent or zero for the NodeID of the record's address
     */
    record Store(SignedRecord record, Optional<NodeId> wireKey) implements Message {

        /** Longest record, in bytes, that fits beside an explicit key. */
        public static final int MAX_RECORD_WITH_KEY = 1029;

        /**
         * Longest record, in bytes, without an explicit key that can also be read again: a response to an asker with an
         * IPv6 address has room for no more.
         */
        public static final int MAX_RECORD_WITHOUT_KEY = 1041;

        /** The key that is meant, given the NodeID of the record's address. */
        public NodeId key(NodeId addressId) {
            return wireKey.filter(key -> !key.isZero()).orElse(addressId);
        }

        @Override
        public List<SignedRecord> records() {
            return List.of(record);
        }

        @Override
        public MessageType type() {
            return MessageType.STORE;
        }
    }

    /**
     * Done, or not. (7.8)
     *
     * @param alreadyHad an equal or newer record was there; the newer generation's
     * @param reason 0 none, 1 refused by policy, 2 invalid record; the newer generation's
     */
    record StoreResponse(boolean stored, boolean alreadyHad, int reason) implements Message {

        /** Refused by a policy of the node. */
        public static final int REASON_POLICY = 1;

        /** Refused because the record is invalid. */
        public static final int REASON_INVALID = 2;

        /** Checks the range of the reason. */
        public StoreResponse {
            if (reason < 0 || reason > 255) {
                throw new IllegalArgumentException("a reason is within 0 to 255, not " + reason);
            }
        }

        /** The form that both generations understand. */
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

    /** Send an echo to this address of mine. (7.9) */
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

    /** The echo. (7.10) */
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

    /** A new record at a key you subscribed to; the newer generation's. (7.11) */
    record Push(NodeId key, SignedRecord record) implements Message {

        @Override
        public Optional<Message> basicForm() {
            return Optional.empty();
        }

        @Override
        public List<SignedRecord> records() {
            return List.of(record);
        }

        @Override
        public MessageType type() {
            return MessageType.PUSH;
        }
    }

    /**
     * Received; the newer generation's. (7.12)
     *
     * @param messageId SHA-256 of the record's payload, 32 bytes
     * @param subscribe send me the next one, too
     */
    record PushAck(NodeId key, Bytes messageId, boolean subscribe) implements Message {

        /** Length of a message id in bytes. */
        public static final int MESSAGE_ID_LENGTH = 32;

        /** The acknowledgement of a push of {@code record} at {@code key}. */
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

    /** The token of NAT probes: 8 random bytes. */
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
