package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks FIND_VALUE and the records in its answer (wire.md 7.5, 7.6). */
final class FindValueChecks implements CheckGroup {

    /** A record type of which nothing is stored. */
    private static final int OTHER_TYPE = 3;

    @Override
    public String name() {
        return "FIND_VALUE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        Optional<Arrival> unknown = prober.ask(peer, new Message.FindValue(Samples.key(prober.random()), 0, false));
        findings.add("format of the answer", AnswerFormat.EXPECTED, AnswerFormat.check(unknown));
        findings.add("unknown key", "no records, contacts if it has any", unknown(unknown));

        Identity agent = Identity.generate(prober.random());
        NodeId key = agent.nodeId();
        SignedRecord endpoint = Samples.endpoint(agent, 1, prober.now());
        SignedRecord profile = Samples.profile(agent, prober.now());
        RecordRequests.store(prober, peer, endpoint);
        RecordRequests.store(prober, peer, profile);
        findings.add("any type", "both records", filtered(prober, peer, key, 0, List.of(endpoint, profile)));
        findings.add("type 1", "the endpoint record", filtered(prober, peer, key, 1, List.of(endpoint)));
        findings.add("type 2", "the profile", filtered(prober, peer, key, 2, List.of(profile)));
        findings.add("type 3", "no records", filtered(prober, peer, key, OTHER_TYPE, List.of()));
        Optional<Arrival> answer = prober.ask(peer, new Message.FindValue(key, 1, false));
        findings.add("format of an answer with a record", AnswerFormat.EXPECTED, AnswerFormat.check(answer));
        findings.add("copies of an endpoint record", "one", copies(answer));
    }

    private static Observation unknown(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class))
                .map(response -> Observation.of(
                        response.records().isEmpty(),
                        response.records().size() + " records, "
                                + response.nodes().size() + " contacts"))
                .orElse(Observation.fail("no answer"));
    }

    private static Observation filtered(
            Prober prober, ProbePeer peer, NodeId key, int type, List<SignedRecord> expected) throws IOException {
        Optional<List<SignedRecord>> records = RecordRequests.find(prober, peer, key, type);
        if (records.isEmpty()) {
            return Observation.fail("no answer");
        }
        boolean same = records.get().size() == expected.size() && records.get().containsAll(expected);
        String types = records.get().stream()
                .map(record -> String.valueOf(record.type()))
                .collect(Collectors.joining(", "));
        return Observation.of(
                same, types.isEmpty() ? "no records" : (same ? "types " : "other records, of types ") + types);
    }

    private static Observation copies(Optional<Arrival> answer) {
        return answer.flatMap(arrival -> arrival.message(Message.FindValueResponse.class))
                .map(response -> {
                    int copies = response.wireRecords().size()
                            + (response.legacyRecord().isPresent() ? 1 : 0);
                    return copies == 2
                            ? Observation.knownDefect("two", "D-19")
                            : Observation.of(copies == 1, String.valueOf(copies));
                })
                .orElse(Observation.fail("no answer"));
    }
}
