package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What does it believe about where nodes are? (node.md 5; known-defects D-01, D-02, D-13) */
final class LearningChecks implements CheckGroup {

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        Optional<NodeId> self = prober.ask(
                        member, new Message.Ping(member.identity().address()))
                .flatMap(Arrival::envelope)
                .map(Envelope::senderId);
        if (self.isEmpty()) {
            findings.add("PING", "answered", Seen.bad("silence"));
            return;
        }
        findings.add(
                "a captured request from elsewhere", "does not move its sender", replay(prober, member, self.get()));
        rumours(prober, findings, member, self.get());
    }

    private static Seen replay(Prober prober, Member member, NodeId self) throws IOException {
        Identity identity = Samples.near(self, prober.random());
        Member victim = prober.introduce(prober.memberOf(identity));
        Optional<Endpoint> before = listed(prober, member, identity.nodeId());
        if (before.isEmpty()) {
            return Seen.bad("never listed the node in question");
        }
        Bytes captured =
                prober.encode(victim, TransactionId.generate(prober.random()), new Message.FindNode(identity.nodeId()));
        prober.send(victim, captured);
        prober.listen();
        Member attacker = prober.memberOf(identity);
        prober.send(attacker, captured);
        prober.listen();
        Optional<Endpoint> after = listed(prober, member, identity.nodeId());
        if (after.equals(before)) {
            return Seen.good("still at " + before.get());
        }
        return after.map(endpoint -> Seen.known("moved to " + endpoint, "D-01")).orElse(Seen.bad("no longer listed"));
    }

    /** A response that nobody asked for tells of nodes near the node: one that exists, and one that cannot. */
    private static void rumours(Prober prober, Findings findings, Member member, NodeId self) throws IOException {
        Member liar = prober.stranger();
        Member told = prober.memberOf(Samples.near(self, prober.random()));
        NodeId forged = self.flipBit(NodeId.BITS - 1);
        Message rumour = new Message.FindNodeResponse(
                Optional.of(List.of(
                        Contact.of(told.identity().address(), told.local()),
                        new Contact(told.identity().address(), forged, told.local()))),
                member.local());
        prober.send(liar, rumour);
        prober.listen();
        findings.add(
                "who sends an answer to nothing",
                "not listed",
                unlisted(listed(prober, member, liar.identity().nodeId())));
        findings.add(
                "who is told of in it",
                "not listed, not contacted",
                told.arrivals().isEmpty()
                        ? unlisted(listed(prober, member, told.identity().nodeId()))
                        : Seen.bad("contacted"));
        findings.add("a NodeID that is not its address's", "not listed", unlisted(listed(prober, member, forged)));
    }

    private static Seen unlisted(Optional<Endpoint> endpoint) {
        return Seen.of(endpoint.isEmpty(), "not listed", "listed");
    }

    private static Optional<Endpoint> listed(Prober prober, Member asker, NodeId target) throws IOException {
        return prober.ask(asker, new Message.FindNode(target), Message.FindNodeResponse.class).stream()
                .flatMap(response -> response.nodes().stream())
                .filter(contact -> contact.nodeId().equals(target))
                .map(Contact::endpoint)
                .findFirst();
    }
}
