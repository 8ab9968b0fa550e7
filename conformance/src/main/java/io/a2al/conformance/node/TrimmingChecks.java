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

/** What of a full topic fits into an answer? (wire.md 9) */
final class TrimmingChecks implements CheckGroup {

    private static final int ENTRIES = 20;
    private static final int QUESTIONS = 12;

    @Override
    public String name() {
        return "trimming";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        String topic = "conformance/" + Samples.key(prober.random()).toHex().substring(0, 16);
        NodeId key = Topics.keyOf(topic);
        int stored = 0;
        for (int i = 0; i < ENTRIES; i++) {
            Identity publisher = Identity.generate(prober.random());
            SignedRecord entry = Samples.topic(publisher, topic, "x".repeat(140));
            stored += Records.store(prober, member, entry, Optional.of(key)).orElse(false) ? 1 : 0;
        }
        findings.add(ENTRIES + " entries of a topic", "all stored", Seen.of(stored == ENTRIES, stored + " stored"));

        int longest = 0;
        int fewestContacts = Integer.MAX_VALUE;
        int inFirst = 0;
        Set<Bytes> publishers = new HashSet<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Optional<Arrival> answer = prober.ask(member, new Message.FindValue(key, 0, false));
            Optional<Message.FindValueResponse> response =
                    answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class));
            if (response.isEmpty()) {
                findings.add("answers", "an answer to each question", Seen.bad("no answer"));
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
                Seen.of(longest <= MessageCodec.MAX_DATAGRAM, longest + " bytes"));
        findings.add("records in an answer", "at least one", Seen.of(inFirst > 0, String.valueOf(inFirst)));
        String revealed = publishers.size() + " publishers, " + inFirst + " in the first answer";
        findings.add(
                "asking again",
                "reveals more publishers",
                publishers.size() > inFirst ? Seen.good(revealed) : Seen.known(revealed, "D-20"));
        findings.add(
                "contacts beside records",
                "more than one",
                fewestContacts > 1
                        ? Seen.good("at least " + fewestContacts)
                        : Seen.known("as few as " + fewestContacts, "D-20"));
    }
}
