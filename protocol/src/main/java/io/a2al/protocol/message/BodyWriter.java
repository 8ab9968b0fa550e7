package io.a2al.protocol.message;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/** Writes message bodies, field by field as in the tables of wire.md section 7. Stateless and thread-safe. */
final class BodyWriter {

    private BodyWriter() {}

    static void write(CborWriter writer, Message message) {
        switch (message) {
            case Message.Ping(Address address) -> {
                writer.beginMap(1);
                writer.unsigned(1);
                writeAddress(writer, address);
            }
            case Message.Pong(Address address, Endpoint observed) -> {
                writer.beginMap(2);
                writer.unsigned(1);
                writeAddress(writer, address);
                writeEndpoint(writer, 2, observed);
            }
            case Message.FindNode(NodeId target) -> {
                writer.beginMap(1);
                writeNodeId(writer, 1, target);
            }
            case Message.FindNodeResponse(Optional<List<Contact>> nodes, Endpoint observed) -> {
                writer.beginMap(2);
                writeContacts(writer, nodes);
                writeEndpoint(writer, 2, observed);
            }
            case Message.FindValue(NodeId target, int recordType, boolean subscribe) -> {
                writer.beginMap(1 + present(recordType != 0) + present(subscribe));
                writeNodeId(writer, 1, target);
                writeNonZero(writer, 2, recordType);
                writeTrue(writer, 3, subscribe);
            }
            case Message.FindValueResponse response -> writeFindValueResponse(writer, response);
            case Message.Store(SignedRecord record, Optional<NodeId> key) -> {
                writer.beginMap(1 + present(key.isPresent()));
                writer.unsigned(1);
                record.write(writer);
                key.ifPresent(id -> writeNodeId(writer, 2, id));
            }
            case Message.StoreResponse(boolean stored, boolean alreadyHad, int reason) -> {
                writer.beginMap(1 + present(alreadyHad) + present(reason != 0));
                writer.unsigned(1);
                writer.bool(stored);
                writeTrue(writer, 2, alreadyHad);
                writeNonZero(writer, 3, reason);
            }
            case Message.NatProbeRequest(Bytes token, Endpoint claimed) -> {
                writer.beginMap(2);
                writeBytes(writer, 1, token);
                writeEndpoint(writer, 2, claimed);
            }
            case Message.NatProbeEcho(Bytes token) -> {
                writer.beginMap(1);
                writeBytes(writer, 1, token);
            }
            case Message.Push(NodeId key, SignedRecord record) -> {
                writer.beginMap(2);
                writeNodeId(writer, 1, key);
                writer.unsigned(2);
                record.write(writer);
            }
            case Message.PushAck(NodeId key, Bytes messageId, boolean subscribe) -> {
                writer.beginMap(2 + present(subscribe));
                writeNodeId(writer, 1, key);
                writeBytes(writer, 2, messageId);
                writeTrue(writer, 3, subscribe);
            }
        }
    }

    private static void writeFindValueResponse(CborWriter writer, Message.FindValueResponse response) {
        List<SignedRecord> records = response.wireRecords();
        writer.beginMap(2 + present(response.legacyRecord().isPresent()) + present(!records.isEmpty()));
        writeContacts(writer, response.wireNodes());
        response.legacyRecord().ifPresent(record -> {
            writer.unsigned(2);
            record.write(writer);
        });
        writeEndpoint(writer, 3, response.observed());
        if (!records.isEmpty()) {
            writer.unsigned(4);
            writer.beginArray(records.size());
            records.forEach(record -> record.write(writer));
        }
    }

    private static void writeContacts(CborWriter writer, Optional<List<Contact>> nodes) {
        writer.unsigned(1);
        if (nodes.isEmpty()) {
            writer.nil();
            return;
        }
        writer.beginArray(nodes.get().size());
        for (Contact node : nodes.get()) {
            node.write(writer);
        }
    }

    private static void writeBytes(CborWriter writer, int key, Bytes value) {
        writer.unsigned(key);
        writer.bytes(value);
    }

    private static void writeNodeId(CborWriter writer, int key, NodeId value) {
        writer.unsigned(key);
        writeNodeId(writer, value);
    }

    static void writeNodeId(CborWriter writer, NodeId value) {
        int at = writer.beginBytes(NodeId.LENGTH);
        value.copyTo(writer.buffer(), at);
    }

    static void writeAddress(CborWriter writer, Address value) {
        int at = writer.beginBytes(Address.LENGTH);
        value.copyTo(writer.buffer(), at);
    }

    private static void writeEndpoint(CborWriter writer, int key, Endpoint value) {
        writer.unsigned(key);
        value.writeWire(writer);
    }

    private static void writeNonZero(CborWriter writer, int key, int value) {
        if (value != 0) {
            writer.unsigned(key);
            writer.unsigned(value);
        }
    }

    private static void writeTrue(CborWriter writer, int key, boolean value) {
        if (value) {
            writer.unsigned(key);
            writer.bool(true);
        }
    }

    private static int present(boolean condition) {
        return condition ? 1 : 0;
    }
}
