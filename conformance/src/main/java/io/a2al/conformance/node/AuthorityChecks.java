package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.util.Optional;

/** Checks which records the node accepts, from which signer and at which key (node.md 14 and 15). */
final class AuthorityChecks implements CheckGroup {

    /** Defect: keys of topics and mailboxes are not bound to the content. */
    private static final Optional<String> UNBOUND_KEY = Optional.of("D-23");

    /** Defect: no authority policy by default. */
    private static final Optional<String> NO_POLICY = Optional.of("D-22");

    @Override
    public String name() {
        return "authority";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        Identity agent = Identity.generate(prober.random());
        Identity victim = Identity.generate(prober.random());
        Optional<NodeId> wrongKey = Optional.of(Samples.key(prober.random()));
        SignedRecord endpoint = Samples.endpoint(agent, 1, prober.now());
        findings.add(
                "an endpoint record at a wrong key",
                "false",
                RecordRequests.expectRejected(prober, peer, endpoint, wrongKey, Optional.empty()));
        findings.add(
                "a record with an invalid signature",
                "false",
                RecordRequests.expectRejected(prober, peer, damaged(endpoint), Optional.empty(), Optional.empty()));
        findings.add(
                "a record for a foreign address",
                "false",
                RecordRequests.expectRejected(
                        prober,
                        peer,
                        Samples.endpointForForeignAddress(agent, victim.address(), false, prober.now()),
                        Optional.empty(),
                        NO_POLICY));
        findings.add(
                "a record for a foreign address, with an invalid proof",
                "false",
                RecordRequests.expectRejected(
                        prober,
                        peer,
                        Samples.endpointForForeignAddress(agent, victim.address(), true, prober.now()),
                        Optional.empty(),
                        NO_POLICY));

        String topic = "conformance/" + agent.nodeId().toHex().substring(0, 16);
        SignedRecord entry = Samples.topic(agent, topic, "", prober.now());
        findings.add(
                "a topic entry at the key of its topic",
                "true, held",
                RecordRequests.expectStored(prober, peer, entry, Optional.of(Topics.keyOf(topic))));
        findings.add(
                "a topic entry at a wrong key",
                "false",
                RecordRequests.expectRejected(prober, peer, entry, wrongKey, UNBOUND_KEY));
        SignedRecord note = note(prober, agent, victim);
        findings.add(
                "a note at the NodeID of its recipient",
                "true, held",
                RecordRequests.expectStored(prober, peer, note, Optional.of(victim.nodeId())));
        findings.add(
                "a note at a wrong key",
                "false",
                RecordRequests.expectRejected(prober, peer, note, wrongKey, UNBOUND_KEY));
    }

    private static SignedRecord damaged(SignedRecord record) {
        byte[] signature = record.signature().toArray();
        signature[0] ^= 1;
        return SignedRecord.of(
                record.address(),
                record.type(),
                record.payload(),
                record.sequence(),
                record.timestamp(),
                record.ttl(),
                record.publicKey(),
                Bytes.copyOf(signature),
                record.delegation());
    }

    private static SignedRecord note(Prober prober, Identity sender, Identity recipient) {
        return Samples.note(sender, Samples.noteTo(recipient, sender, prober.random()), 1, prober.now());
    }
}
