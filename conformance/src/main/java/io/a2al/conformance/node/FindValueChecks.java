package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which records does it hand out? (wire.md 7.5, 7.6) */
final class FindValueChecks implements CheckGroup {

    private static final int OTHER_TYPE = 3;

    @Override
    public String name() {
        return "FIND_VALUE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        Optional<Arrival> unknown = prober.ask(member, new Message.FindValue(Samples.key(prober.random()), 0, false));
        findings.add("form of the answer", "canonical, one datagram, no new fields", Shape.of(unknown));
        findings.add("unknown key", "no records, and contacts if it has any", unknown(unknown));

        Identity agent = Identity.generate(prober.random());
        NodeId key = agent.nodeId();
        SignedRecord endpoint = Samples.endpoint(agent, 1, Prober.now());
        SignedRecord profile = Samples.profile(agent);
        Records.store(prober, member, endpoint);
        Records.store(prober, member, profile);
        findings.add("any type", "both records", filtered(prober, member, key, 0, List.of(endpoint, profile)));
        findings.add("type 1", "the endpoint record", filtered(prober, member, key, 1, List.of(endpoint)));
        findings.add("type 2", "the profile", filtered(prober, member, key, 2, List.of(profile)));
        findings.add("type 3", "no records", filtered(prober, member, key, OTHER_TYPE, List.of()));
        Optional<Arrival> answer = prober.ask(member, new Message.FindValue(key, 1, false));
        findings.add("form with a record", "canonical, one datagram, no new fields", Shape.of(answer));
        findings.add("copies of an endpoint record", "one", copies(answer));
    }

    private static Seen unknown(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class))
                .map(response -> Seen.of(
                        response.records().isEmpty(),
                        response.records().size() + " records, "
                                + response.nodes().size() + " contacts"))
                .orElse(Seen.bad("no answer"));
    }

    private static Seen filtered(Prober prober, Member member, NodeId key, int type, List<SignedRecord> expected)
            throws IOException {
        Optional<List<SignedRecord>> records = Records.find(prober, member, key, type);
        if (records.isEmpty()) {
            return Seen.bad("no answer");
        }
        boolean same = records.get().size() == expected.size() && records.get().containsAll(expected);
        String types = records.get().stream()
                .map(record -> String.valueOf(record.type()))
                .collect(Collectors.joining(", "));
        return Seen.of(same, types.isEmpty() ? "no records" : (same ? "types " : "other records, of types ") + types);
    }

    private static Seen copies(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class))
                .map(response -> {
                    int copies = response.wireRecords().size()
                            + (response.legacyRecord().isPresent() ? 1 : 0);
                    return copies == 2 ? Seen.known("two", "D-19") : Seen.of(copies == 1, String.valueOf(copies));
                })
                .orElse(Seen.bad("no answer"));
    }
}
