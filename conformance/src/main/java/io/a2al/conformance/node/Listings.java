package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.Optional;

/** What the node tells of itself and of its contacts. Stateless. */
final class Listings {

    private Listings() {}

    /** Returns the NodeID of the node; empty if it does not answer. */
    static Optional<NodeId> self(Prober prober, ProbePeer asker) throws IOException {
        return prober.ask(asker, new Message.Ping(asker.identity().address()))
                .flatMap(Arrival::envelope)
                .map(Envelope::senderId);
    }

    /** Returns where the node tells that a contact is; empty if it does not tell of it. */
    static Optional<Endpoint> find(Prober prober, ProbePeer asker, NodeId target) throws IOException {
        return prober.ask(asker, new Message.FindNode(target), Message.FindNodeResponse.class).stream()
                .flatMap(response -> response.nodes().stream())
                .filter(contact -> contact.nodeId().equals(target))
                .map(Contact::endpoint)
                .findFirst();
    }
}
