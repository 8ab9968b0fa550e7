package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Which nodes does it know? (wire.md 7.3, 7.4, 8.1, 9) */
final class FindNodeChecks implements CheckGroup {

    /** Contacts in one answer at most. */
    private static final int MAX_CONTACTS = 16;

    @Override
    public String name() {
        return "FIND_NODE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member fresh = prober.stranger();
        Optional<Arrival> toStranger = prober.ask(fresh, new Message.FindNode(Samples.key(prober.random())));
        findings.add("asked without a PING before", "answered", answered(toStranger));
        if (toStranger.isEmpty()) {
            return;
        }
        NodeId self = toStranger.get().envelope().orElseThrow().senderId();
        Member member = prober.introduce(prober.memberOf(Samples.near(self, prober.random())));
        Member neighbour = prober.introduce(prober.memberOf(Samples.near(self, prober.random())));

        Optional<Arrival> answer = prober.ask(member, new Message.FindNode(self));
        findings.add("form of the answer", "canonical, one datagram, no new fields", Shape.of(answer));
        if (answer.isEmpty()) {
            return;
        }
        List<Contact> contacts = nodes(answer);
        findings.add("contacts", "NodeIDs match addresses, dialable", Shape.ofContacts(contacts));
        findings.add(
                "number of contacts",
                "at most " + MAX_CONTACTS,
                Seen.of(contacts.size() <= MAX_CONTACTS, String.valueOf(contacts.size())));
        boolean listsItself =
                contacts.stream().anyMatch(contact -> contact.nodeId().equals(self));
        findings.add(
                "asked for itself",
                "does not list itself",
                Seen.of(!listsItself, listsItself ? "lists itself" : "does not"));
        findings.add("order of contacts", "nearest first", order(self, contacts));
        NodeId target = neighbour.identity().nodeId();
        findings.add(
                "a node that answered its PING",
                "listed with its address",
                listed(nodes(prober.ask(member, new Message.FindNode(target))), neighbour));
    }

    private static Seen answered(Optional<Arrival> answer) {
        return Seen.of(
                answer.flatMap(arrival -> arrival.message(Message.FindNodeResponse.class))
                        .isPresent(),
                answer.map(Arrival::toString).orElse("no answer"));
    }

    private static List<Contact> nodes(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindNodeResponse.class))
                .map(Message.FindNodeResponse::nodes)
                .orElse(List.of());
    }

    private static Seen order(NodeId target, List<Contact> contacts) {
        for (int i = 1; i < contacts.size(); i++) {
            if (target.isNearer(contacts.get(i).nodeId(), contacts.get(i - 1).nodeId())) {
                return Seen.known("otherwise, from place " + (i + 1), "D-50");
            }
        }
        return Seen.good("nearest first");
    }

    private static Seen listed(List<Contact> contacts, Member neighbour) {
        return contacts.stream()
                .filter(contact -> contact.nodeId().equals(neighbour.identity().nodeId()))
                .findFirst()
                .map(contact -> Seen.of(
                        contact.endpoint().equals(neighbour.local())
                                || (!neighbour.local().isPublic()
                                        && contact.endpoint().isPublic()),
                        contact.endpoint().toString()))
                .orElse(Seen.bad("not among " + contacts.size() + " contacts"));
    }
}
