package io.a2al.core.testing;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Signed and verified records. */
public final class TestRecords {

    private TestRecords() {}

    /** Returns the identity with this number; there are more than in {@link io.a2al.protocol.testing.Fixtures}. */
    public static Identity publisher(int number) {
        return Identity.ofSeed(ByteBuffer.allocate(32).putInt(28, number).array());
    }

    /** Returns an endpoint record of {@code publisher}; {@code path} makes records of one publisher differ. */
    public static VerifiedRecord endpoint(Identity publisher, String path, long sequence, long timestamp, long ttl) {
        try {
            EndpointPayload payload = EndpointPayload.of(List.of("quic://198.51.100.1:4121/" + path));
            return verify(signer(publisher).sign(payload, sequence, timestamp, ttl));
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Returns an endpoint record of an agent, signed by a delegated key.
     *
     * @param proof field 9, whether or not it proves that
     */
    public static VerifiedRecord delegated(
            Identity key, Address agent, DelegationProof proof, long sequence, long timestamp, long ttl) {
        try {
            EndpointPayload payload = EndpointPayload.of(List.of("quic://198.51.100.1:4121/delegated"));
            return verify(RecordSigner.delegated(key.newSigner(), agent, proof.encode())
                    .sign(payload, sequence, timestamp, ttl));
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Returns such a record, signed by a key that {@code agent} lets act from {@code issuedAt} until {@code expiresAt}.
     */
    public static VerifiedRecord delegated(
            Identity agent, Identity key, long issuedAt, long expiresAt, long sequence, long timestamp, long ttl) {
        DelegationProof proof = DelegationProof.sign(agent.newSigner(), key.publicKey(), issuedAt, expiresAt);
        return delegated(key, agent.address(), proof, sequence, timestamp, ttl);
    }

    /** Returns the entry of {@code publisher} under {@code topic}. */
    public static VerifiedRecord topic(Identity publisher, String topic, long sequence, long timestamp, long ttl) {
        try {
            TopicPayload payload = TopicPayload.of(topic, "agent", List.of("a2a"), List.of());
            return verify(signer(publisher).sign(payload, sequence, timestamp, ttl));
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns a note for {@code recipient}; {@code content} makes notes of one sender differ. */
    public static VerifiedRecord note(
            Identity sender, Address recipient, long content, long sequence, long timestamp, long ttl) {
        CborWriter payload = new CborWriter(64);
        payload.beginMap(2);
        payload.unsigned(1);
        payload.bytes(recipient.toBytes());
        payload.unsigned(4);
        payload.unsigned(content);
        return opaque(sender, RecordType.MAILBOX, payload.toBytes(), sequence, timestamp, ttl);
    }

    /** Returns a record of any type with any payload. */
    public static VerifiedRecord opaque(
            Identity publisher, int type, Bytes payload, long sequence, long timestamp, long ttl) {
        return verify(signer(publisher).sign(type, payload, sequence, timestamp, ttl));
    }

    /** Returns an endpoint record of the agent with this number, which nothing has signed: for tests with very many. */
    public static VerifiedRecord unsigned(int number, long sequence, long timestamp, long ttl) {
        Bytes publicKey = Bytes.copyOf(ByteBuffer.allocate(SignatureVerifier.PUBLIC_KEY_LENGTH)
                .putInt(number)
                .array());
        Signer nothing = new Signer() {
            @Override
            public Bytes publicKey() {
                return publicKey;
            }

            @Override
            public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
                Arrays.fill(target, targetAt, targetAt + SignatureVerifier.SIGNATURE_LENGTH, (byte) 0);
            }
        };
        try {
            EndpointPayload payload = EndpointPayload.of(List.of("quic://198.51.100.1:4121/" + number));
            return new RecordVerifier((key, message, from, to, signature, at) -> true)
                    .verify(RecordSigner.self(nothing).sign(payload, sequence, timestamp, ttl));
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RecordSigner signer(Identity publisher) {
        return RecordSigner.self(publisher.newSigner());
    }

    /** Verifies a record. */
    public static VerifiedRecord verify(SignedRecord signed) {
        try {
            return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(signed);
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
