package io.a2al.http.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.Json;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/** The fields of a message's body, with the records in it. Not thread-safe. */
final class BodyInspection {

    private final Inspection whole;
    private final ObjectNode tree = Json.object();

    BodyInspection(Inspection whole) {
        this.whole = whole;
    }

    ObjectNode tree(Message message) {
        switch (message) {
            case Message.Ping(Address address) -> tree.put("address", address.toString());
            case Message.Pong(Address address, Endpoint observed) ->
                tree.put("address", address.toString()).put("observed", Endpoints.text(observed));
            case Message.FindNode(NodeId target) -> tree.put("target", target.toString());
            case Message.FindNodeResponse(Optional<List<Contact>> nodes, Endpoint observed) -> {
                addNodes(nodes);
                tree.put("observed", Endpoints.text(observed));
            }
            case Message.FindValue(NodeId target, int type, boolean subscribe) ->
                tree.put("target", target.toString())
                        .put("record_type", RecordInspection.typeName(type))
                        .put("subscribe", subscribe);
            case Message.FindValueResponse response -> addAnswer(response);
            case Message.Store store -> addStore(store);
            case Message.StoreResponse(boolean stored, boolean alreadyHad, int reason) ->
                tree.put("stored", stored).put("already_had", alreadyHad).put("reason", reason);
            case Message.NatProbeRequest(Bytes token, Endpoint claimed) ->
                tree.put("token", token.toHex()).put("claimed", Endpoints.text(claimed));
            case Message.NatProbeEcho(Bytes token) -> tree.put("token", token.toHex());
            case Message.Push(NodeId key, SignedRecord record) -> {
                tree.put("key", key.toString());
                addRecordAt(key, record);
            }
            case Message.PushAck(NodeId key, Bytes messageId, boolean subscribe) ->
                tree.put("key", key.toString())
                        .put("message_id", messageId.toHex())
                        .put("subscribe", subscribe);
        }
        return tree;
    }

    private void addAnswer(Message.FindValueResponse response) {
        addNodes(response.wireNodes());
        response.legacyRecord().ifPresent(record -> tree.set("record", new RecordInspection(whole, record).tree()));
        tree.put("observed", Endpoints.text(response.observed()));
        ArrayNode records = tree.putArray("records");
        response.wireRecords().forEach(record -> records.add(new RecordInspection(whole, record).tree()));
    }

    private void addStore(Message.Store store) {
        store.wireKey().ifPresent(key -> tree.put("key", key.toString()));
        NodeId key = store.key(NodeId.ofAddress(store.record().address()));
        addRecordAt(key, store.record());
    }

    /** Adds a record that is stored at {@code key}; nodes refuse a record at a key that is not its own. */
    private void addRecordAt(NodeId key, SignedRecord record) {
        RecordInspection inspection = new RecordInspection(whole, record);
        tree.set("record", inspection.tree());
        Optional<NodeId> own = inspection.contentKey();
        if (own.isPresent() && !own.get().equals(key)) {
            whole.problem("the record belongs at key " + own.get() + ", not at " + key, whole.offsetOf(key.toBytes()));
        }
    }

    private void addNodes(Optional<List<Contact>> wireNodes) {
        if (wireNodes.isEmpty()) {
            tree.putNull("nodes");
            return;
        }
        ArrayNode nodes = tree.putArray("nodes");
        for (Contact contact : wireNodes.get()) {
            nodes.addObject()
                    .put("address", contact.address().toString())
                    .put("node_id", contact.nodeId().toString())
                    .put("endpoint", Endpoints.text(contact.endpoint()))
                    .put("usable", contact.isGenuine());
        }
    }
}
