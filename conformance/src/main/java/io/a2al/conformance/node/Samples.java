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

/** Identities, keys and records with which the checks are made. Stateless. */
final class Samples {

    /** Time to live of records, in seconds; short, because they are useless after the run. */
    static final long TTL = 300;

    /** Number of identities generated to find a near one. */
    private static final int CANDIDATES = 128;

    private static final EndpointPayload ENDPOINTS = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private Samples() {}

    /** Returns a random key, at which no record exists. */
    static NodeId key(RandomGenerator random) {
        byte[] bytes = new byte[NodeId.LENGTH];
        random.nextBytes(bytes);
        return NodeId.of(Bytes.copyOf(bytes));
    }

    /**
     * Returns a new identity near {@code node}. In a network of realistic size, the bucket for it in the node's routing
     * table has room.
     */
    static Identity near(NodeId node, SecureRandom random) {
        Identity nearest = Identity.generate(random);
        for (int i = 1; i < CANDIDATES; i++) {
            Identity other = Identity.generate(random);
            nearest = node.isNearer(other.nodeId(), nearest.nodeId()) ? other : nearest;
        }
        return nearest;
    }

    /**
     * Returns an endpoint record with a time to live of {@value #TTL} seconds; {@code timestamp} is in Unix seconds.
     */
    static SignedRecord endpoint(Identity identity, long sequence, long timestamp) {
        return endpoint(identity, ENDPOINTS, sequence, timestamp, TTL);
    }

    /**
     * Returns an endpoint record with the given values; {@code timestamp} is in Unix seconds, {@code ttl} in seconds.
     */
    static SignedRecord endpoint(Identity identity, EndpointPayload payload, long sequence, long timestamp, long ttl) {
        try {
            return RecordSigner.self(identity.newSigner()).sign(payload, sequence, timestamp, ttl);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a payload of the suite is invalid", e);
        }
    }

    /**
     * Returns an endpoint record for a foreign address, signed with the key of {@code signer}, with an invalid
     * delegation proof or without a proof.
     */
    static SignedRecord endpointForForeignAddress(Identity signer, Address victim, boolean withInvalidProof) {
        RecordSigner recordSigner = RecordSigner.delegated(signer.newSigner(), victim, Bytes.zeros(32));
        try {
            SignedRecord record = recordSigner.sign(ENDPOINTS, 1, Prober.now(), TTL);
            return withInvalidProof ? record : record.withoutDelegation();
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a payload of the suite is invalid", e);
        }
    }

    /** Returns an agent profile: a sovereign record other than an endpoint record. */
    static SignedRecord profile(Identity identity) {
        // The payload is a map that contains the version only.
        return RecordSigner.self(identity.newSigner()).sign(2, Bytes.fromHex("a10101"), 1, Prober.now(), TTL);
    }

    /** Returns a topic entry. With the longest permitted {@code brief}, it is about as long as an entry may be. */
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
            throw new IllegalStateException("a payload of the suite is invalid", e);
        }
    }
}
