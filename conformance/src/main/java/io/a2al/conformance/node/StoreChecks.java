package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks STORE: which records the node accepts, and which of two it keeps (wire.md 7.7, 7.8, 12, 13). */
final class StoreChecks implements CheckGroup {

    /** Seconds; beyond the clock tolerance of 60 seconds. */
    private static final long AHEAD = 600;

    /** Seconds; within the clock tolerance of 60 seconds. */
    private static final long SLIGHTLY_AHEAD = 20;

    @Override
    public String name() {
        return "STORE";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        order(prober, findings, peer);
        time(prober, findings, peer);
        Identity agent = Identity.generate(prober.random());
        findings.add(
                "a key of 32 zero bytes",
                "like no key",
                zeroKey(prober, peer, Samples.endpoint(agent, 1, prober.now())));
        findings.add("a null list of endpoints", "true, held", nodeAccepts(prober, peer, Optional.empty()));
        findings.add("an empty list of endpoints", "true, held", nodeAccepts(prober, peer, Optional.of(List.of())));
    }

    private static void order(Prober prober, Findings findings, ProbePeer peer) throws IOException {
        Identity agent = Identity.generate(prober.random());
        long now = prober.now();
        SignedRecord first = Samples.endpoint(agent, 10, now - 5);
        SignedRecord newer = Samples.endpoint(agent, 11, now - 5);
        SignedRecord later = Samples.endpoint(agent, 11, now - 4);
        // A record of its own, or the next check would not store a new one.
        SignedRecord other = Samples.endpoint(Identity.generate(prober.random()), 1, now);
        Optional<Arrival> answer = prober.ask(peer, new Message.Store(other, Optional.empty()));
        findings.add("format of the answer", AnswerFormat.EXPECTED, AnswerFormat.check(answer));
        findings.add("a new record", "true, held", held(prober, peer, first, first));
        findings.add("the same record again", "true", held(prober, peer, first, first));
        findings.add("a higher sequence number", "true, replaces", held(prober, peer, newer, newer));
        findings.add("a later timestamp", "true, replaces", held(prober, peer, later, later));
        findings.add("an older record", "true, the newer one stays", held(prober, peer, first, later));
    }

    /** Stores {@code offered}, after which the node must hold {@code kept} only. */
    private static Observation held(Prober prober, ProbePeer peer, SignedRecord offered, SignedRecord kept)
            throws IOException {
        Optional<Boolean> stored = RecordRequests.store(prober, peer, offered);
        if (stored.isEmpty()) {
            return Observation.fail("no answer");
        }
        boolean right = RecordRequests.holdsOnly(prober, peer, NodeId.ofAddress(kept.address()), kept);
        String text = stored.get() + (right ? ", the expected record is held" : ", another record is held");
        if (right && !stored.get()) {
            return Observation.knownDefect(text, "D-53");
        }
        return Observation.of(right && stored.get(), text);
    }

    private static void time(Prober prober, Findings findings, ProbePeer peer) throws IOException {
        long now = prober.now();
        SignedRecord expired = timed(prober, now - 100, 50);
        findings.add(
                "an expired record",
                "false",
                RecordRequests.expectRejected(prober, peer, expired, Optional.empty(), Optional.empty()));
        findings.add(
                "a timestamp more than 60 seconds ahead",
                "false",
                RecordRequests.expectRejected(
                        prober, peer, timed(prober, now + AHEAD, 300), Optional.empty(), Optional.empty()));
        SignedRecord ahead = timed(prober, prober.now() + SLIGHTLY_AHEAD, 300);
        Optional<Boolean> stored = RecordRequests.store(prober, peer, ahead);
        findings.add(
                "a timestamp less than 60 seconds ahead",
                "true",
                stored.map(yes -> yes ? Observation.pass("true") : Observation.knownDefect("false", "D-28"))
                        .orElse(Observation.fail("no answer")));
    }

    private static SignedRecord timed(Prober prober, long timestamp, long ttl) {
        Identity agent = Identity.generate(prober.random());
        return Samples.endpoint(agent, EndpointPayload.of(List.of("quic://203.0.113.7:4121")), 1, timestamp, ttl);
    }

    private static Observation zeroKey(Prober prober, ProbePeer peer, SignedRecord record) throws IOException {
        Optional<Boolean> stored = RecordRequests.store(prober, peer, record, Optional.of(NodeId.ZERO));
        boolean held = RecordRequests.holdsOnly(prober, peer, NodeId.ofAddress(record.address()), record);
        return Observation.of(
                stored.equals(Optional.of(true)) && held,
                held ? "held at the NodeID of its address" : "not held there");
    }

    private static Observation nodeAccepts(Prober prober, ProbePeer peer, Optional<List<String>> endpoints)
            throws IOException {
        Identity agent = Identity.generate(prober.random());
        EndpointPayload payload = new EndpointPayload(endpoints, 0, "", List.of(), List.of());
        return RecordRequests.expectStored(
                prober, peer, Samples.endpoint(agent, payload, 1, prober.now(), Samples.TTL), Optional.empty());
    }
}
