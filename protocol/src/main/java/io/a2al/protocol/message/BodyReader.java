package io.a2al.protocol.message;

import static io.a2al.protocol.cbor.CborReader.END;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads message bodies, field by field as in the tables of wire.md section 7. Mandatory fields must be present;
 * optional fields count as absent if they are null or empty; unknown fields are skipped. Stateless and thread-safe.
 */
final class BodyReader {

    /** Offset of a field that was not read yet. */
    private static final int ABSENT = -1;

    private BodyReader() {}

    static Message read(CborReader in, MessageType type) throws CborException {
        return switch (type) {
            case PING -> new Message.Ping(Address.read(in.input(), readSingleField(in, Address.LENGTH)));
            case PONG -> readPong(in);
            case FIND_NODE -> new Message.FindNode(NodeId.read(in.input(), readSingleField(in, NodeId.LENGTH)));
            case FIND_NODE_RESPONSE -> readFindNodeResponse(in);
            case FIND_VALUE -> readFindValue(in);
            case FIND_VALUE_RESPONSE -> readFindValueResponse(in);
            case STORE -> readStore(in);
            case STORE_RESPONSE -> readStoreResponse(in);
            case NAT_PROBE_REQUEST -> readNatProbeRequest(in);
            case NAT_PROBE_ECHO -> {
                int at = readSingleField(in, Message.Token.LENGTH);
                yield new Message.NatProbeEcho(Bytes.copyOfRange(in.input(), at, at + Message.Token.LENGTH));
            }
            case PUSH -> readPush(in);
            case PUSH_ACK -> readPushAck(in);
        };
    }

    /** Reads a body whose only field is a byte string of fixed length under key 1; returns the offset of its bytes. */
    private static int readSingleField(CborReader in, int length) throws CborException {
        int start = in.position();
        int at = ABSENT;
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            if (key == 1) {
                at = in.bytesOfLength(length);
            } else {
                in.skip();
            }
        }
        require(at != ABSENT, start);
        return at;
    }

    private static Message readPong(CborReader in) throws CborException {
        int start = in.position();
        int address = ABSENT;
        Optional<Endpoint> observed = Optional.empty();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> address = in.bytesOfLength(Address.LENGTH);
                case 2 -> observed = Optional.of(readEndpoint(in));
                default -> in.skip();
            }
        }
        require(address != ABSENT, start);
        return new Message.Pong(Address.read(in.input(), address), present(observed, start));
    }

    private static Message readFindNodeResponse(CborReader in) throws CborException {
        int start = in.position();
        boolean hasNodes = false;
        Optional<List<Contact>> nodes = Optional.empty();
        Optional<Endpoint> observed = Optional.empty();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> {
                    nodes = readContacts(in);
                    hasNodes = true;
                }
                case 2 -> observed = Optional.of(readEndpoint(in));
                default -> in.skip();
            }
        }
        require(hasNodes, start);
        return new Message.FindNodeResponse(nodes, present(observed, start));
    }

    private static Message readFindValue(CborReader in) throws CborException {
        int start = in.position();
        int target = ABSENT;
        int recordType = 0;
        boolean subscribe = false;
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> target = in.bytesOfLength(NodeId.LENGTH);
                case 2 -> recordType = in.tryNull() ? 0 : (int) in.unsigned(255);
                case 3 -> subscribe = !in.tryNull() && in.bool();
                default -> in.skip();
            }
        }
        require(target != ABSENT, start);
        return new Message.FindValue(NodeId.read(in.input(), target), recordType, subscribe);
    }

    private static Message readFindValueResponse(CborReader in) throws CborException {
        int start = in.position();
        boolean hasNodes = false;
        Optional<List<Contact>> nodes = Optional.empty();
        Optional<SignedRecord> legacyRecord = Optional.empty();
        Optional<Endpoint> observed = Optional.empty();
        List<SignedRecord> records = List.of();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> {
                    nodes = readContacts(in);
                    hasNodes = true;
                }
                case 2 -> legacyRecord = in.tryNull() ? Optional.empty() : Optional.of(SignedRecord.read(in));
                case 3 -> observed = Optional.of(readEndpoint(in));
                case 4 -> records = in.tryNull() ? List.of() : readRecords(in);
                default -> in.skip();
            }
        }
        require(hasNodes, start);
        return new Message.FindValueResponse(nodes, legacyRecord, present(observed, start), records);
    }

    private static Message readStore(CborReader in) throws CborException {
        int start = in.position();
        Optional<SignedRecord> record = Optional.empty();
        Optional<NodeId> key2 = Optional.empty();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> record = Optional.of(SignedRecord.read(in));
                case 2 -> key2 = readOptionalKey(in);
                default -> in.skip();
            }
        }
        return new Message.Store(present(record, start), key2);
    }

    private static Message readStoreResponse(CborReader in) throws CborException {
        int start = in.position();
        boolean hasStored = false;
        boolean stored = false;
        boolean alreadyHad = false;
        int reason = 0;
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> {
                    stored = in.bool();
                    hasStored = true;
                }
                case 2 -> alreadyHad = !in.tryNull() && in.bool();
                case 3 -> reason = in.tryNull() ? 0 : (int) in.unsigned(255);
                default -> in.skip();
            }
        }
        require(hasStored, start);
        return new Message.StoreResponse(stored, alreadyHad, reason);
    }

    private static Message readNatProbeRequest(CborReader in) throws CborException {
        int start = in.position();
        int token = ABSENT;
        Optional<Endpoint> claimed = Optional.empty();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> token = in.bytesOfLength(Message.Token.LENGTH);
                case 2 -> claimed = Optional.of(readEndpoint(in));
                default -> in.skip();
            }
        }
        require(token != ABSENT, start);
        return new Message.NatProbeRequest(
                Bytes.copyOfRange(in.input(), token, token + Message.Token.LENGTH), present(claimed, start));
    }

    private static Message readPush(CborReader in) throws CborException {
        int start = in.position();
        int keyAt = ABSENT;
        Optional<SignedRecord> record = Optional.empty();
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> keyAt = in.bytesOfLength(NodeId.LENGTH);
                case 2 -> record = Optional.of(SignedRecord.read(in));
                default -> in.skip();
            }
        }
        require(keyAt != ABSENT, start);
        return new Message.Push(NodeId.read(in.input(), keyAt), present(record, start));
    }

    private static Message readPushAck(CborReader in) throws CborException {
        int start = in.position();
        int keyAt = ABSENT;
        int messageId = ABSENT;
        boolean subscribe = false;
        in.beginMap();
        for (int key = in.nextField(); key != END; key = in.nextField()) {
            switch (key) {
                case 1 -> keyAt = in.bytesOfLength(NodeId.LENGTH);
                case 2 -> messageId = in.bytesOfLength(Message.PushAck.MESSAGE_ID_LENGTH);
                case 3 -> subscribe = !in.tryNull() && in.bool();
                default -> in.skip();
            }
        }
        require(keyAt != ABSENT && messageId != ABSENT, start);
        Bytes id = Bytes.copyOfRange(in.input(), messageId, messageId + Message.PushAck.MESSAGE_ID_LENGTH);
        return new Message.PushAck(NodeId.read(in.input(), keyAt), id, subscribe);
    }

    // ---- shared shapes ----------------------------------------------------------------------------------------

    private static Endpoint readEndpoint(CborReader in) throws CborException {
        int start = in.position();
        int length = in.beginBytes();
        if (!Endpoint.isWireLength(length)) {
            throw new CborException("an address with port has 6 or 18 bytes, not " + length, start);
        }
        Endpoint endpoint = Endpoint.readWire(in.input(), in.position(), length);
        in.advance(length);
        return endpoint;
    }

    private static Optional<NodeId> readOptionalKey(CborReader in) throws CborException {
        if (in.tryNull()) {
            return Optional.empty();
        }
        int start = in.position();
        int length = in.beginBytes();
        if (length != 0 && length != NodeId.LENGTH) {
            throw new CborException("a key has 0 or 32 bytes, not " + length, start);
        }
        int at = in.position();
        in.advance(length);
        return length == 0 ? Optional.empty() : Optional.of(NodeId.read(in.input(), at));
    }

    private static Optional<List<Contact>> readContacts(CborReader in) throws CborException {
        if (in.tryNull()) {
            return Optional.empty();
        }
        List<Contact> contacts = new ArrayList<>();
        for (int left = in.beginArray(); left > 0; left--) {
            contacts.add(Contact.read(in));
        }
        in.endArray();
        return Optional.of(contacts);
    }

    private static List<SignedRecord> readRecords(CborReader in) throws CborException {
        List<SignedRecord> records = new ArrayList<>();
        for (int left = in.beginArray(); left > 0; left--) {
            records.add(SignedRecord.read(in));
        }
        in.endArray();
        return records;
    }

    private static void require(boolean complete, int start) throws CborException {
        if (!complete) {
            throw new CborException("the body lacks a field", start);
        }
    }

    private static <T> T present(Optional<T> field, int start) throws CborException {
        require(field.isPresent(), start);
        return field.get();
    }
}
