package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks FIND_NODE and the contacts in its answer (wire.md 7.3, 7.4, 8.1, 9). */
final class FindNodeChecks implements CheckGroup {

    /** Maximum number of contacts in one answer (wire.md 9). */
    private static final int MAX_CONTACTS = 16;

    @Override
    public String name() {
        return "FIND_NODE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Optional<Arrival> first = prober.ask(prober.newPeer(), new Message.FindNode(Samples.key(prober.random())));
        findings.add("a request without a PING before", "answered", answered(first));
        if (first.isEmpty()) {
            return;
        }
        NodeId self = first.get().envelope().orElseThrow().senderId();
        ProbePeer peer = prober.introduce(prober.newPeer(Samples.sharing(Samples.NEAR, self, prober.random())));
        ProbePeer neighbour =
                prober.introduce(prober.newPeer(Samples.sharing(Samples.NEAR + 1, self, prober.random())));

        Optional<Arrival> answer = prober.ask(peer, new Message.FindNode(self));
        findings.add("format of the answer", AnswerFormat.EXPECTED, AnswerFormat.check(answer));
        if (answer.isEmpty()) {
            return;
        }
        List<Contact> contacts = nodes(answer);
        findings.add("contacts", "NodeIDs match addresses, endpoints dialable", AnswerFormat.checkContacts(contacts));
        findings.add(
                "number of contacts",
                "at most " + MAX_CONTACTS,
                Observation.of(contacts.size() <= MAX_CONTACTS, String.valueOf(contacts.size())));
        boolean listsItself =
                contacts.stream().anyMatch(contact -> contact.nodeId().equals(self));
        findings.add(
                "its own NodeID as target",
                "not in the answer",
                Observation.of(!listsItself, "not in the answer", "in the answer"));
        findings.add("order of contacts", "nearest first", order(self, contacts));
        NodeId target = neighbour.identity().nodeId();
        findings.add(
                "a peer that answered its PING",
                "listed with its endpoint",
                listed(nodes(prober.ask(peer, new Message.FindNode(target))), neighbour));
    }

    private static Observation answered(Optional<Arrival> answer) {
        return Observation.of(
                answer.flatMap(arrival -> arrival.message(Message.FindNodeResponse.class))
                        .isPresent(),
                answer.map(Arrival::toString).orElse("no answer"));
    }

    private static List<Contact> nodes(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindNodeResponse.class))
                .map(Message.FindNodeResponse::nodes)
                .orElse(List.of());
    }

    private static Observation order(NodeId target, List<Contact> contacts) {
        for (int i = 1; i < contacts.size(); i++) {
            if (target.isNearer(contacts.get(i).nodeId(), contacts.get(i - 1).nodeId())) {
                return Observation.knownDefect("not nearest first, from position " + (i + 1), "D-50");
            }
        }
        return Observation.pass("nearest first");
    }

    private static Observation listed(List<Contact> contacts, ProbePeer neighbour) {
        return contacts.stream()
                .filter(contact -> contact.nodeId().equals(neighbour.identity().nodeId()))
                .findFirst()
                .map(contact -> Observation.of(
                        contact.endpoint().equals(neighbour.local())
                                || (!neighbour.local().isPublic()
                                        && contact.endpoint().isPublic()),
                        contact.endpoint().toString()))
                .orElse(Observation.fail("not among " + contacts.size() + " contacts"));
    }
}
