package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks which records of a topic with many entries, and how many contacts, fit into an answer (wire.md 9). */
final class ResponseSizeChecks implements CheckGroup {

    /** Number of topic entries; more than fit into one answer. */
    private static final int ENTRIES = 20;

    private static final int REQUESTS = 12;

    @Override
    public String name() {
        return "response size";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.verifiedPeer();
        String topic = "conformance/" + Samples.key(prober.random()).toHex().substring(0, 16);
        NodeId key = Topics.keyOf(topic);
        int stored = 0;
        for (int i = 0; i < ENTRIES; i++) {
            Identity publisher = Identity.generate(prober.random());
            SignedRecord entry = Samples.topic(publisher, topic, "x".repeat(140), prober.now());
            stored +=
                    RecordRequests.store(prober, peer, entry, Optional.of(key)).orElse(false) ? 1 : 0;
        }
        findings.add(
                ENTRIES + " entries of one topic", "all stored", Observation.of(stored == ENTRIES, stored + " stored"));

        int longest = 0;
        int fewestContacts = Integer.MAX_VALUE;
        int inFirst = 0;
        Set<Bytes> publishers = new HashSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            Optional<Arrival> answer = prober.ask(peer, new Message.FindValue(key, 0, false));
            Optional<Message.FindValueResponse> response =
                    answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class));
            if (response.isEmpty()) {
                findings.add("answers", "one to each request", Observation.fail("no answer"));
                return;
            }
            longest = Math.max(longest, answer.get().datagram().length());
            fewestContacts = Math.min(fewestContacts, response.get().nodes().size());
            response.get().records().forEach(record -> publishers.add(record.publicKey()));
            inFirst = i == 0 ? publishers.size() : inFirst;
        }
        findings.add(
                "size of answers",
                "at most " + MessageCodec.MAX_DATAGRAM + " bytes",
                Observation.of(longest <= MessageCodec.MAX_DATAGRAM, longest + " bytes"));
        findings.add("records in an answer", "at least one", Observation.of(inFirst > 0, String.valueOf(inFirst)));
        String counts = publishers.size() + " publishers, " + inFirst + " in the first answer";
        findings.add(
                "publishers in repeated answers",
                "more than in the first answer",
                publishers.size() > inFirst ? Observation.pass(counts) : Observation.knownDefect(counts, "D-20"));
        findings.add(
                "contacts in an answer with records",
                "more than one",
                fewestContacts > 1
                        ? Observation.pass("at least " + fewestContacts)
                        : Observation.knownDefect("as few as " + fewestContacts, "D-20"));
    }
}
