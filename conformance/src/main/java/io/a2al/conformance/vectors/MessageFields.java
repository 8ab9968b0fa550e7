package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates headers and messages from the fields of a case. Stateless. */
final class MessageFields {

    private MessageFields() {}

    static Header header(Fields header) throws MalformedVectorException, UnsupportedCaseException {
        int code = header.number("msg_type");
        MessageType type = MessageType.ofCode(code)
                .orElseThrow(() -> new UnsupportedCaseException("unknown message type " + code));
        return new Header(
                header.number("version"), header.number("features"), type, TransactionId.of(header.hex("tx_id")));
    }

    static Message message(MessageType type, Fields body) throws MalformedVectorException {
        return switch (type) {
            case PING -> new Message.Ping(body.address("address"));
            case PONG -> new Message.Pong(body.address("address"), body.endpoint("observed_addr"));
            case FIND_NODE -> new Message.FindNode(body.nodeId("target"));
            case FIND_NODE_RESPONSE -> new Message.FindNodeResponse(contacts(body), body.endpoint("observed_addr"));
            case FIND_VALUE ->
                new Message.FindValue(body.nodeId("target"), body.number("rec_type"), body.flag("one_shot_subscribe"));
            case FIND_VALUE_RESPONSE ->
                new Message.FindValueResponse(
                        contacts(body), optionalRecord(body), body.endpoint("observed_addr"), records(body));
            case STORE -> new Message.Store(record(body.object("record")), storeKey(body));
            case STORE_RESPONSE ->
                new Message.StoreResponse(
                        body.bool("stored"), body.flag("already_had"), body.has("reason") ? body.number("reason") : 0);
            case NAT_PROBE_REQUEST -> new Message.NatProbeRequest(body.hex("token"), body.endpoint("claimed_addr"));
            case NAT_PROBE_ECHO -> new Message.NatProbeEcho(body.hex("token"));
            case PUSH -> new Message.Push(body.nodeId("key"), record(body.object("record")));
            case PUSH_ACK ->
                new Message.PushAck(body.nodeId("key"), body.hex("msg_id"), body.flag("one_shot_subscribe"));
        };
    }

    private static Optional<NodeId> storeKey(Fields body) throws MalformedVectorException {
        Optional<Bytes> key = body.optionalHex("key").filter(bytes -> !bytes.isEmpty());
        return key.isEmpty() ? Optional.empty() : Optional.of(body.nodeId("key"));
    }

    private static Optional<List<Contact>> contacts(Fields body) throws MalformedVectorException {
        if (!body.hasValue("nodes")) {
            return Optional.empty();
        }
        List<Contact> contacts = new ArrayList<>();
        for (Fields node : body.objects("nodes")) {
            contacts.add(contact(node));
        }
        return Optional.of(contacts);
    }

    private static Contact contact(Fields node) throws MalformedVectorException {
        Endpoint endpoint = Endpoint.of(node.hex("ip").toArray(), node.number("port"));
        return new Contact(node.address("address"), node.nodeId("node_id"), endpoint);
    }

    private static List<SignedRecord> records(Fields body) throws MalformedVectorException {
        List<SignedRecord> records = new ArrayList<>();
        for (Fields item : body.objects("records")) {
            records.add(record(item));
        }
        return records;
    }

    private static Optional<SignedRecord> optionalRecord(Fields body) throws MalformedVectorException {
        return body.hasValue("record") ? Optional.of(record(body.object("record"))) : Optional.empty();
    }

    private static SignedRecord record(Fields fields) throws MalformedVectorException {
        return SignedRecord.of(
                fields.address("address"),
                fields.number("rec_type"),
                fields.optionalHex("payload"),
                fields.u64("seq"),
                fields.u64("timestamp"),
                fields.longNumber("ttl"),
                fields.hex("pubkey"),
                fields.hex("signature"),
                fields.optionalHex("delegation"));
    }
}
