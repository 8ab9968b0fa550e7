package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Identities, keys and records with which the checks are made. Stateless. */
final class Samples {

    /** Time to live of records, in seconds; short, because they are useless after the run. */
    static final long TTL = 300;

    /** Leading bits that an identity shares with a node that is to list it. */
    static final int NEAR = 6;

    private static final EndpointPayload ENDPOINTS = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private Samples() {}

    /** Returns a random key, at which no record exists. */
    static NodeId key(RandomGenerator random) {
        byte[] bytes = new byte[NodeId.LENGTH];
        random.nextBytes(bytes);
        return NodeId.of(Bytes.copyOf(bytes));
    }

    /**
     * Returns a new identity that shares exactly {@code bits} leading bits with {@code node}. From {@value #NEAR} bits
     * on, its bucket in the node's routing table has room in a network of realistic size. Checks use different buckets,
     * since nodes have few places in each for contacts of one network.
     */
    static Identity sharing(int bits, NodeId node, SecureRandom random) {
        Identity identity = Identity.generate(random);
        while (node.commonPrefixLength(identity.nodeId()) != bits) {
            identity = Identity.generate(random);
        }
        return identity;
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
    static SignedRecord endpointForForeignAddress(
            Identity signer, Address victim, boolean withInvalidProof, long timestamp) {
        RecordSigner recordSigner = RecordSigner.delegated(signer.newSigner(), victim, Bytes.zeros(32));
        try {
            SignedRecord record = recordSigner.sign(ENDPOINTS, 1, timestamp, TTL);
            return withInvalidProof ? record : record.withoutDelegation();
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a payload of the suite is invalid", e);
        }
    }

    /** Returns an agent profile: a sovereign record other than an endpoint record. */
    static SignedRecord profile(Identity identity, long timestamp) {
        // The payload is a map that contains the version only.
        return RecordSigner.self(identity.newSigner()).sign(2, Bytes.fromHex("a10101"), 1, timestamp, TTL);
    }

    /** Returns an empty note for a mailbox. */
    static SignedRecord note(Identity sender, Bytes payload, long sequence, long timestamp) {
        return RecordSigner.self(sender.newSigner()).sign(RecordType.MAILBOX, payload, sequence, timestamp, TTL);
    }

    /** Returns the payload of an empty note. */
    static Bytes noteTo(Identity recipient, Identity sender, SecureRandom random) {
        try {
            return SealedMail.seal(
                    sender.address(), recipient.address(), recipient.publicKey(), Mail.TEXT, Bytes.EMPTY, random);
        } catch (InvalidMailException e) {
            throw new IllegalStateException("a note of the suite is invalid", e);
        }
    }

    /** Returns a topic entry. With the longest permitted {@code brief}, it is about as long as an entry may be. */
    static SignedRecord topic(Identity identity, String topic, String brief, long timestamp) {
        try {
            return RecordSigner.self(identity.newSigner())
                    .sign(
                            TopicPayload.of(topic, "conformance", List.of("mcp"), List.of())
                                    .withBrief(brief),
                            1,
                            timestamp,
                            TTL);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a payload of the suite is invalid", e);
        }
    }
}
