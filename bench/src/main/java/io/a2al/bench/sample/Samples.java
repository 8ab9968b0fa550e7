package io.a2al.bench.sample;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Generates identities, contacts and records for measurements; equal seeds give equal results. Not thread-safe. */
public final class Samples {

    /** Timestamp and sequence number of all records; Unix seconds. */
    public static final long NOW = 1_800_000_000;

    /** The topic of all topic entries. */
    public static final String TOPIC = "bench/topic";

    /** Time to live of all records, in seconds. */
    private static final long TTL = 3600;

    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 64_000;

    private final SplittableRandom random;
    private final RecordVerifier verifier =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private int contacts;

    /** Creates a generator; the seed determines all results. */
    public Samples(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a new identity. */
    public Identity identity() {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        random.nextBytes(seed);
        return Identity.ofSeed(seed);
    }

    /** Returns a random NodeID. */
    public NodeId nodeId() {
        byte[] bytes = new byte[NodeId.LENGTH];
        random.nextBytes(bytes);
        return NodeId.read(bytes, 0);
    }

    /**
     * Returns a new contact with a loopback endpoint, to which limits by network do not apply. There is no private key
     * for its address, which makes it cheap to generate.
     */
    public Contact contact() {
        byte[] bytes = new byte[Identity.SEED_LENGTH];
        random.nextBytes(bytes);
        return Contact.of(Address.ofPublicKey(Bytes.copyOf(bytes)), endpoint());
    }

    /** Returns the next loopback endpoint. After about 16 million of them, endpoints repeat. */
    public Endpoint endpoint() {
        int number = contacts++;
        byte[] ip = {127, 0, 0, (byte) (1 + number / PORTS)};
        return Endpoint.of(ip, FIRST_PORT + number % PORTS);
    }

    /** Returns an endpoint record of the given identity. */
    public static SignedRecord endpointRecord(Identity identity) {
        return sign(identity, EndpointPayload.of(List.of("quic://192.0.2.1:4122")));
    }

    /** Returns an entry of the given identity under {@link #TOPIC}. */
    public static SignedRecord topicEntry(Identity identity) {
        return sign(identity, TopicPayload.of(TOPIC, "an agent", List.of("mcp"), List.of("bench")));
    }

    /** Verifies a record of these samples. */
    public VerifiedRecord verified(SignedRecord record) {
        try {
            return verifier.verify(record);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a sample record is invalid", impossible);
        }
    }

    /** Returns verified endpoint records of {@code count} new identities. */
    public List<VerifiedRecord> endpointRecords(int count) {
        List<VerifiedRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(verified(endpointRecord(identity())));
        }
        return records;
    }

    private static SignedRecord sign(Identity identity, RecordPayload payload) {
        try {
            return RecordSigner.self(identity.newSigner()).sign(payload, NOW, NOW, TTL);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a sample payload is invalid", impossible);
        }
    }
}
