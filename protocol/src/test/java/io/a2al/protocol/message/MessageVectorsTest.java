package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageVectorsTest {

    private final MessageCodec codec = Fixtures.codec();

    @Test
    void everyMessageIsTheReferencesByteForByte() {
        Vectors.load("messages.json").run(vector -> {
            Message message = check(vector);
            assertThat(message.basicForm()).contains(message);
        });
    }

    @Test
    void everyMessageOfTheNewerGenerationIsTheReferencesByteForByte() {
        Vectors.load("messages_v029.json").run(vector -> {
            Message message = check(vector);
            checkBasicForm(message, Vectors.bool(vector, "accepted_by_v015"));
        });
    }

    private Message check(JsonNode vector) throws Exception {
        Identity sender = Identity.ofSeed(Vectors.hex(vector, "seed").toArray());
        assertThat(sender.publicKey()).isEqualTo(Vectors.hex(vector, "public_key"));
        assertThat(sender.address().toBytes()).isEqualTo(Vectors.hex(vector, "sender_address"));
        Header header = header(Vectors.field(vector, "header"));
        Message message = message(header.type(), Vectors.field(vector, "body"));

        Bytes packet = codec.encodeToBytes(header, message, sender.newSigner());
        checkParts(vector, packet);

        Envelope envelope = codec.decode(packet.toArray(), packet.length());
        assertThat(codec.verify(envelope)).as("signature holds").isTrue();
        assertThat(envelope.header()).isEqualTo(header);
        assertThat(envelope.message()).isEqualTo(message);
        assertThat(envelope.senderKey()).isEqualTo(sender.publicKey());
        assertThat(envelope.sender()).isEqualTo(sender.address());
        assertThat(envelope.senderId()).isEqualTo(sender.nodeId());
        assertThat(codec.encodeToBytes(envelope.header(), envelope.message(), sender.newSigner()))
                .as("encoded again")
                .isEqualTo(packet);
        return message;
    }

    private static void checkParts(JsonNode vector, Bytes packet) {
        Bytes header = Vectors.hex(vector, "header_cbor");
        Bytes body = Vectors.hex(vector, "body_cbor");
        Bytes signature = Vectors.hex(vector, "signature");
        int bodyAt = 2 + header.length() + 1;
        assertThat(packet.length()).as("length").isEqualTo(Vectors.number(vector, "packet_length"));
        assertThat(packet.slice(2, 2 + header.length())).as("header").isEqualTo(header);
        assertThat(packet.slice(bodyAt, bodyAt + body.length())).as("body").isEqualTo(body);
        assertThat(packet.slice(packet.length() - 64, packet.length()))
                .as("signature")
                .isEqualTo(signature);
        assertThat(Ed25519.preferred()
                        .newVerifier()
                        .verify(Vectors.hex(vector, "public_key"), Vectors.hex(vector, "signing_preimage"), signature))
                .as("the signature covers the preimage")
                .isTrue();
        assertThat(packet).as("packet").isEqualTo(Vectors.hex(vector, "packet"));
    }

    /** The older generation takes exactly those messages that are their own basic form. */
    private void checkBasicForm(Message message, boolean acceptedByOlder) {
        if (acceptedByOlder) {
            assertThat(message.basicForm()).contains(message);
            return;
        }
        switch (message) {
            case Message.FindValue(NodeId target, int recordType, boolean subscribe) -> {
                assertThat(subscribe).isTrue();
                assertThat(message.basicForm()).contains(new Message.FindValue(target, recordType, false));
            }
            case Message.StoreResponse response ->
                assertThat(message.basicForm()).contains(new Message.StoreResponse(response.stored(), false, 0));
            case Message.Push ignored -> assertThat(message.basicForm()).isEmpty();
            case Message.PushAck ignored -> assertThat(message.basicForm()).isEmpty();
            default -> throw new AssertionError("why would the older generation refuse " + message);
        }
    }

    // ---- values from the vectors ------------------------------------------------------------------------------

    private static Header header(JsonNode node) {
        return new Header(
                Vectors.number(node, "version"),
                Vectors.number(node, "features"),
                MessageType.ofCode(Vectors.number(node, "msg_type")).orElseThrow(),
                TransactionId.of(Vectors.hex(node, "tx_id")));
    }

    private static Message message(MessageType type, JsonNode body) {
        return switch (type) {
            case PING -> new Message.Ping(address(body));
            case PONG -> new Message.Pong(address(body), endpoint(body, "observed_addr"));
            case FIND_NODE -> new Message.FindNode(nodeId(body, "target"));
            case FIND_NODE_RESPONSE -> new Message.FindNodeResponse(contacts(body), endpoint(body, "observed_addr"));
            case FIND_VALUE ->
                new Message.FindValue(
                        nodeId(body, "target"),
                        Vectors.number(body, "rec_type"),
                        Vectors.flag(body, "one_shot_subscribe"));
            case FIND_VALUE_RESPONSE ->
                new Message.FindValueResponse(
                        contacts(body), record(body.get("record")), endpoint(body, "observed_addr"), records(body));
            case STORE ->
                new Message.Store(
                        record(body.get("record")).orElseThrow(),
                        Vectors.optionalHex(body, "key")
                                .filter(key -> !key.isEmpty())
                                .map(NodeId::of));
            case STORE_RESPONSE ->
                new Message.StoreResponse(
                        Vectors.bool(body, "stored"),
                        Vectors.flag(body, "already_had"),
                        body.has("reason") ? Vectors.number(body, "reason") : 0);
            case NAT_PROBE_REQUEST ->
                new Message.NatProbeRequest(Vectors.hex(body, "token"), endpoint(body, "claimed_addr"));
            case NAT_PROBE_ECHO -> new Message.NatProbeEcho(Vectors.hex(body, "token"));
            case PUSH ->
                new Message.Push(nodeId(body, "key"), record(body.get("record")).orElseThrow());
            case PUSH_ACK ->
                new Message.PushAck(
                        nodeId(body, "key"), Vectors.hex(body, "msg_id"), Vectors.flag(body, "one_shot_subscribe"));
        };
    }

    private static Address address(JsonNode node) {
        return Address.of(Vectors.hex(node, "address"));
    }

    private static NodeId nodeId(JsonNode node, String field) {
        return NodeId.of(Vectors.hex(node, field));
    }

    private static Endpoint endpoint(JsonNode node, String field) {
        byte[] wire = Vectors.hex(node, field).toArray();
        assertThat(Endpoint.isWireLength(wire.length)).isTrue();
        return Endpoint.readWire(wire, 0, wire.length);
    }

    private static Optional<List<Contact>> contacts(JsonNode body) {
        if (body.get("nodes").isNull()) {
            return Optional.empty();
        }
        List<Contact> contacts = new ArrayList<>();
        for (JsonNode node : body.get("nodes")) {
            Endpoint endpoint = Endpoint.of(Vectors.hex(node, "ip").toArray(), Vectors.number(node, "port"));
            contacts.add(new Contact(address(node), nodeId(node, "node_id"), endpoint));
        }
        return Optional.of(contacts);
    }

    private static List<SignedRecord> records(JsonNode body) {
        List<SignedRecord> records = new ArrayList<>();
        for (JsonNode node : body.get("records")) {
            records.add(record(node).orElseThrow());
        }
        return records;
    }

    private static Optional<SignedRecord> record(JsonNode node) {
        return node.isNull()
                ? Optional.empty()
                : Optional.of(SignedRecord.of(
                        address(node),
                        Vectors.number(node, "rec_type"),
                        Vectors.optionalHex(node, "payload"),
                        Vectors.u64(node, "seq"),
                        Vectors.u64(node, "timestamp"),
                        Vectors.longNumber(node, "ttl"),
                        Vectors.hex(node, "pubkey"),
                        Vectors.hex(node, "signature"),
                        Vectors.optionalHex(node, "delegation")));
    }
}
