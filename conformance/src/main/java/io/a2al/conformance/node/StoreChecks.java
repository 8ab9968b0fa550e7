package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What does it keep, and which of two records? (wire.md 7.7, 7.8, 12, 13) */
final class StoreChecks implements CheckGroup {

    /** Seconds that no clocks differ by. */
    private static final long AHEAD = 600;

    /** Seconds that clocks may differ by. */
    private static final long SLIGHTLY_AHEAD = 20;

    @Override
    public String name() {
        return "STORE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        order(prober, findings, member);
        time(prober, findings, member);
        Identity agent = Identity.generate(prober.random());
        findings.add("key of zeros", "like none", zeroKey(prober, member, Samples.endpoint(agent, 1, Prober.now())));
        findings.add("list of endpoints null", "true, held", taken(prober, member, Optional.empty()));
        findings.add("list of endpoints empty", "true, held", taken(prober, member, Optional.of(List.of())));
    }

    private static void order(Prober prober, Findings findings, Member member) throws IOException {
        Identity agent = Identity.generate(prober.random());
        long now = Prober.now();
        SignedRecord first = Samples.endpoint(agent, 10, now - 5);
        SignedRecord newer = Samples.endpoint(agent, 11, now - 5);
        SignedRecord later = Samples.endpoint(agent, 11, now - 4);
        Optional<Arrival> answer = prober.ask(member, new Message.Store(first, Optional.empty()));
        findings.add("form of the answer", "canonical, one datagram, no new fields", Shape.of(answer));
        findings.add("a new record", "true, held", held(prober, member, first, first));
        findings.add("the same again", "true", held(prober, member, first, first));
        findings.add("a higher sequence number", "true, replaces", held(prober, member, newer, newer));
        findings.add("a later timestamp", "true, replaces", held(prober, member, later, later));
        findings.add("an older record", "true, the newer one stays", held(prober, member, first, later));
    }

    /** What is expected to be the only one held after storing {@code offered}. */
    private static Seen held(Prober prober, Member member, SignedRecord offered, SignedRecord kept) throws IOException {
        Optional<Boolean> stored = Records.store(prober, member, offered);
        if (stored.isEmpty()) {
            return Seen.bad("no answer");
        }
        boolean right = Records.isOnly(prober, member, NodeId.ofAddress(kept.address()), kept);
        String text = stored.get() + (right ? ", the right one is held" : ", another one is held");
        if (right && !stored.get()) {
            return Seen.known(text, "D-53");
        }
        return Seen.of(right && stored.get(), text);
    }

    private static void time(Prober prober, Findings findings, Member member) throws IOException {
        long now = Prober.now();
        SignedRecord expired = aged(prober, now - 100, 50);
        findings.add(
                "an expired record",
                "false",
                Records.refused(prober, member, expired, Optional.empty(), Optional.empty()));
        findings.add(
                "a record from the future",
                "false beyond 60 seconds",
                Records.refused(prober, member, aged(prober, now + AHEAD, 300), Optional.empty(), Optional.empty()));
        SignedRecord ahead = aged(prober, Prober.now() + SLIGHTLY_AHEAD, 300);
        Optional<Boolean> stored = Records.store(prober, member, ahead);
        findings.add(
                "a clock slightly ahead",
                "true within 60 seconds",
                stored.map(yes -> yes ? Seen.good("true") : Seen.known("false", "D-28"))
                        .orElse(Seen.bad("no answer")));
    }

    private static SignedRecord aged(Prober prober, long timestamp, long ttl) {
        Identity agent = Identity.generate(prober.random());
        return Samples.endpoint(agent, EndpointPayload.of(List.of("quic://203.0.113.7:4121")), 1, timestamp, ttl);
    }

    private static Seen zeroKey(Prober prober, Member member, SignedRecord record) throws IOException {
        Optional<Boolean> stored = Records.store(prober, member, record, Optional.of(NodeId.ZERO));
        boolean held = Records.isOnly(prober, member, NodeId.ofAddress(record.address()), record);
        return Seen.of(stored.equals(Optional.of(true)) && held, held ? "held at its address" : "not held");
    }

    private static Seen taken(Prober prober, Member member, Optional<List<String>> endpoints) throws IOException {
        Identity agent = Identity.generate(prober.random());
        EndpointPayload payload = new EndpointPayload(endpoints, 0, "", List.of(), List.of());
        return Records.taken(
                prober, member, Samples.endpoint(agent, payload, 1, Prober.now(), Samples.TTL), Optional.empty());
    }
}
