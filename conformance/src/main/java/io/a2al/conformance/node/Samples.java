package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Identities, keys and records to try a node with. Stateless. */
final class Samples {

    /** Seconds that records live: they are of no use to anybody afterwards. */
    static final long TTL = 300;

    /** Identities to choose a near one from. */
    private static final int CHOICE = 128;

    private static final EndpointPayload ENDPOINTS = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private Samples() {}

    /** A key that nobody keeps anything at. */
    static NodeId key(RandomGenerator random) {
        byte[] bytes = new byte[NodeId.LENGTH];
        random.nextBytes(bytes);
        return NodeId.of(Bytes.copyOf(bytes));
    }

    /** An identity near a node, whose bucket has room there in any network of today. */
    static Identity near(NodeId node, SecureRandom random) {
        Identity nearest = Identity.generate(random);
        for (int i = 1; i < CHOICE; i++) {
            Identity other = Identity.generate(random);
            nearest = node.isNearer(other.nodeId(), nearest.nodeId()) ? other : nearest;
        }
        return nearest;
    }

    /** An endpoint record. */
    static SignedRecord endpoint(Identity identity, long sequence, long timestamp) {
        return endpoint(identity, ENDPOINTS, sequence, timestamp, TTL);
    }

    /** An endpoint record with any values. */
    static SignedRecord endpoint(Identity identity, EndpointPayload payload, long sequence, long timestamp, long ttl) {
        try {
            return RecordSigner.self(identity.newSigner()).sign(payload, sequence, timestamp, ttl);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("our own payload is not valid", e);
        }
    }

    /** An endpoint record of somebody else, with something that is no proof or with nothing. */
    static SignedRecord usurped(Identity signer, Address victim, boolean withJunkProof) {
        RecordSigner usurper = RecordSigner.delegated(signer.newSigner(), victim, Bytes.zeros(32));
        try {
            SignedRecord record = usurper.sign(ENDPOINTS, 1, Prober.now(), TTL);
            return withJunkProof ? record : record.withoutDelegation();
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("our own payload is not valid", e);
        }
    }

    /** A profile of an agent: a sovereign record that is no endpoint record. */
    static SignedRecord profile(Identity identity) {
        // A map with the version alone.
        return RecordSigner.self(identity.newSigner()).sign(2, Bytes.fromHex("a10101"), 1, Prober.now(), TTL);
    }

    /** An entry of a topic, about as long as such entries may be if {@code brief} is. */
    static SignedRecord topic(Identity identity, String topic, String brief) {
        try {
            return RecordSigner.self(identity.newSigner())
                    .sign(
                            TopicPayload.of(topic, "conformance", List.of("mcp"), List.of())
                                    .withBrief(brief),
                            1,
                            Prober.now(),
                            TTL);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("our own payload is not valid", e);
        }
    }
}
