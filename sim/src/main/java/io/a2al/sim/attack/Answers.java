package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.sim.world.SimNode;
import java.util.List;
import java.util.Optional;

/** Sends well-formed responses with content of the attacker's choice. */
final class Answers {

    private Answers() {}

    /** Returns the target of a request for nodes or records; empty for other messages. */
    static Optional<NodeId> keyOf(Message message) {
        return switch (message) {
            case Message.FindNode request -> Optional.of(request.target());
            case Message.FindValue request -> Optional.of(request.target());
            default -> Optional.empty();
        };
    }

    /** Answers a request with the given nodes and no record. */
    static void nodes(SimNode self, Endpoint to, Envelope request, List<Contact> nodes) {
        Message answer = request.message() instanceof Message.FindValue
                ? new Message.FindValueResponse(Optional.of(nodes), Optional.empty(), to, List.of())
                : new Message.FindNodeResponse(Optional.of(nodes), to);
        self.send(to, request.transactionId(), answer);
    }

    /** Answers a request with one record. */
    static void record(SimNode self, Endpoint to, Envelope request, SignedRecord record) {
        self.send(
                to,
                request.transactionId(),
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), to, List.of(record)));
    }

    /** Confirms a STORE. */
    static void stored(SimNode self, Endpoint to, Envelope request) {
        self.send(to, request.transactionId(), Message.StoreResponse.of(true));
    }
}
