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

/** Answers that look right, and hold what the attacker likes. */
final class Answers {

    private Answers() {}

    /** The key that is asked about, if it is a question for nodes or records. */
    static Optional<NodeId> keyOf(Message message) {
        return switch (message) {
            case Message.FindNode question -> Optional.of(question.target());
            case Message.FindValue question -> Optional.of(question.target());
            default -> Optional.empty();
        };
    }

    /** Answers a question with these nodes, and no record. */
    static void nodes(SimNode self, Endpoint to, Envelope question, List<Contact> nodes) {
        Message answer = question.message() instanceof Message.FindValue
                ? new Message.FindValueResponse(Optional.of(nodes), Optional.empty(), to, List.of())
                : new Message.FindNodeResponse(Optional.of(nodes), to);
        self.send(to, question.transactionId(), answer);
    }

    /** Answers a question with one record. */
    static void record(SimNode self, Endpoint to, Envelope question, SignedRecord record) {
        self.send(
                to,
                question.transactionId(),
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), to, List.of(record)));
    }

    /** Says that a record is stored. */
    static void stored(SimNode self, Endpoint to, Envelope request) {
        self.send(to, request.transactionId(), Message.StoreResponse.of(true));
    }
}
