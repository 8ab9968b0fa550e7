package io.a2al.http.fuzz;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;

/**
 * The first byte of the input says what the rest is. 0: an encoded record. Else: a byte for the type, two for the place
 * of a bit, and a payload, which is signed here, so that checks behind the signature are reached. What is decoded is
 * the same after it has been encoded and decoded again; what is refused, is so with the decoder's own exception. No
 * accepted record is accepted with another bit in its signature or in its signed fields.
 */
public final class RecordTarget {

    private static final RecordVerifier VERIFIER =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private static final Signer SIGNER = Seeds.SENDER.newSigner();
    private static final int HEAD = 4;

    /** Longest payload that is signed: somewhat more than any type may have. */
    private static final int MAX_PAYLOAD = 1100;

    private RecordTarget() {}

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) throws CborException, InvalidRecordException {
        if (input.length < HEAD) {
            return;
        }
        Bytes bytes = Bytes.copyOf(input);
        if (input[0] == 0) {
            decode(bytes.slice(1, bytes.length()));
            return;
        }
        Bytes payload = bytes.slice(HEAD, Math.min(bytes.length(), HEAD + MAX_PAYLOAD));
        payloads(payload);
        SignedRecord record = signed(Byte.toUnsignedInt(input[1]), payload);
        Check.equal(SignedRecord.decode(record.encoded()), record);
        verify(record, (input[2] & 0xff) << 8 | input[3] & 0xff);
    }

    /** Signs what a signer of ours would refuse, too. */
    private static SignedRecord signed(int type, Bytes payload) {
        SignedRecord unsigned = SignedRecord.of(
                Seeds.SENDER.address(),
                type,
                Optional.of(payload),
                1,
                Seeds.NOW,
                600,
                SIGNER.publicKey(),
                Bytes.zeros(SignatureVerifier.SIGNATURE_LENGTH),
                Optional.empty());
        return of(unsigned, 1, SIGNER.sign(unsigned.preimage()));
    }

    private static void decode(Bytes encoded) throws CborException, InvalidRecordException {
        SignedRecord record;
        try {
            record = SignedRecord.decode(encoded);
        } catch (CborException refused) {
            return;
        }
        Check.equal(SignedRecord.decode(record.encoded()), record);
        verify(record, encoded.hashCode() & 0xffff);
    }

    private static void verify(SignedRecord record, int bit) throws CborException, InvalidRecordException {
        VerifiedRecord verified;
        try {
            verified = VERIFIER.verify(record);
        } catch (InvalidRecordException refused) {
            return;
        }
        Check.equal(VERIFIER.verify(verified.record()), verified);
        Check.that(!isAccepted(withOtherSignature(record, bit)), "a signature with another bit is not valid");
        Check.that(!isAccepted(withOtherSequence(record, bit)), "no record is valid with another sequence number");
    }

    private static boolean isAccepted(SignedRecord record) {
        try {
            VERIFIER.verify(record);
            return true;
        } catch (InvalidRecordException refused) {
            return false;
        }
    }

    private static SignedRecord withOtherSignature(SignedRecord record, int bit) {
        byte[] signature = record.signature().toArray();
        signature[bit / Byte.SIZE % signature.length] ^= (byte) (1 << bit % Byte.SIZE);
        return of(record, record.sequence(), Bytes.copyOf(signature));
    }

    private static SignedRecord withOtherSequence(SignedRecord record, int bit) {
        return of(record, record.sequence() ^ 1L << bit % Long.SIZE, record.signature());
    }

    private static SignedRecord of(SignedRecord record, long sequence, Bytes signature) {
        return SignedRecord.of(
                record.address(),
                record.type(),
                record.payload(),
                sequence,
                record.timestamp(),
                record.ttl(),
                record.publicKey(),
                signature,
                record.delegation());
    }

    /** A decoder of payloads, which refuses with one exception. */
    private interface Decoder<P> {
        P decode(Bytes payload) throws InvalidRecordException;
    }

    private static void payloads(Bytes payload) throws InvalidRecordException {
        EndpointPayload endpoint = orNull(EndpointPayload::decode, payload);
        if (endpoint != null) {
            Check.equal(EndpointPayload.decode(endpoint.encode()), endpoint);
        }
        // Encoding adds missing fields, so that the result may be too long.
        TopicPayload topic = orNull(TopicPayload::decode, payload);
        if (topic != null && topic.encode().length() <= TopicPayload.MAX_LENGTH) {
            Check.equal(TopicPayload.decode(topic.encode()), topic);
        }
        AgentProfilePayload profile = orNull(AgentProfilePayload::decode, payload);
        if (profile != null && profile.encode().length() <= AgentProfilePayload.MAX_LENGTH) {
            Check.equal(AgentProfilePayload.decode(profile.encode()), profile);
        }
    }

    private static <P> P orNull(Decoder<P> decoder, Bytes payload) {
        try {
            return decoder.decode(payload);
        } catch (InvalidRecordException refused) {
            return null;
        }
    }
}
