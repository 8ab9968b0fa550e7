package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks from which messages the node learns contacts and endpoints (node.md 5; known-defects D-01, D-02, D-13). */
final class LearningChecks implements CheckGroup {

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        Optional<NodeId> self = Listings.self(prober, peer);
        if (self.isEmpty()) {
            findings.add("PING", "answered", Observation.fail("no answer"));
            return;
        }
        findings.add(
                "a captured request from another address",
                "does not change the sender's endpoint",
                replay(prober, peer, self.get()));
        unsolicited(prober, findings, peer, self.get());
    }

    private static Observation replay(Prober prober, ProbePeer peer, NodeId self) throws IOException {
        Identity identity = Samples.sharing(Samples.NEAR + 3, self, prober.random());
        ProbePeer victim = prober.introduce(prober.newPeer(identity));
        Optional<Endpoint> before = Listings.find(prober, peer, identity.nodeId());
        if (before.isEmpty()) {
            return Observation.fail("the peer was never listed");
        }
        Bytes captured =
                prober.encode(victim, TransactionId.generate(prober.random()), new Message.FindNode(identity.nodeId()));
        prober.send(victim, captured);
        prober.listen();
        ProbePeer attacker = prober.newPeer(identity);
        prober.send(attacker, captured);
        prober.listen();
        Optional<Endpoint> after = Listings.find(prober, peer, identity.nodeId());
        if (after.equals(before)) {
            return Observation.pass("still at " + before.get());
        }
        return after.map(endpoint -> Observation.knownDefect("moved to " + endpoint, "D-01"))
                .orElse(Observation.fail("no longer listed"));
    }

    /**
     * Sends a response without a request. It contains two contacts near the node: an existing peer, and one whose
     * NodeID does not match its address.
     */
    private static void unsolicited(Prober prober, Findings findings, ProbePeer peer, NodeId self) throws IOException {
        ProbePeer sender = prober.newPeer();
        ProbePeer mentioned = prober.newPeer(Samples.sharing(Samples.NEAR + 4, self, prober.random()));
        NodeId forged = self.flipBit(NodeId.BITS - 1);
        Message response = new Message.FindNodeResponse(
                Optional.of(List.of(
                        Contact.of(mentioned.identity().address(), mentioned.local()),
                        new Contact(mentioned.identity().address(), forged, mentioned.local()))),
                peer.local());
        prober.send(sender, response);
        prober.listen();
        findings.add(
                "sender of an unsolicited answer",
                "not listed",
                unlisted(Listings.find(prober, peer, sender.identity().nodeId())));
        findings.add(
                "contact in an unsolicited answer",
                "not listed, not contacted",
                mentioned.arrivals().isEmpty()
                        ? unlisted(
                                Listings.find(prober, peer, mentioned.identity().nodeId()))
                        : Observation.fail("contacted"));
        findings.add(
                "contact whose NodeID does not match its address",
                "not listed",
                unlisted(Listings.find(prober, peer, forged)));
    }

    private static Observation unlisted(Optional<Endpoint> endpoint) {
        return Observation.of(endpoint.isEmpty(), "not listed", "listed");
    }
}
