package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.util.Optional;

/** Checks the cases of kind {@code sign} in records.json: a record created from its fields, byte for byte. */
final class SignedRecordCheck {

    /** Length in bytes of the prefix of the preimage: {@code a2al-rec} and a zero byte. */
    private static final int PREFIX_LENGTH = 9;

    private SignedRecordCheck() {}

    static void check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        Identity identity = vector.identity("seed");
        Expect.equal("public key", vector.hex("pubkey"), identity.publicKey());
        if (vector.hasValue("payload_fields")) {
            checkPayload(vector, vector.object("payload_fields"));
        }
        Signer signer = identity.newSigner();
        SignedRecord unsigned = record(vector, signer.publicKey(), Bytes.zeros(SignatureVerifier.SIGNATURE_LENGTH));
        Bytes preimage = unsigned.preimage();
        Expect.equal("preimage", vector.hex("signing_preimage"), preimage);
        Expect.equal("signed fields", vector.hex("sign_fields_cbor"), preimage.slice(PREFIX_LENGTH, preimage.length()));
        Bytes signature = signer.sign(preimage);
        Expect.equal("signature", vector.hex("signature"), signature);
        SignedRecord record = record(vector, signer.publicKey(), signature);
        Expect.equal("record", vector.hex("record_cbor"), record.encoded());
        checkDecoded(vector, record);
        checkPublished(vector, signer, record);
    }

    private static SignedRecord record(Fields vector, Bytes publicKey, Bytes signature)
            throws MalformedVectorException {
        return SignedRecord.of(
                vector.address("address"),
                vector.number("rec_type"),
                vector.optionalHex("payload"),
                vector.u64("seq"),
                vector.u64("timestamp"),
                vector.longNumber("ttl"),
                publicKey,
                signature,
                vector.optionalHex("delegation"));
    }

    private static void checkPayload(Fields vector, Fields fields)
            throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        Bytes payload = vector.hex("payload");
        int type = vector.number("rec_type");
        try {
            switch (type) {
                case RecordType.ENDPOINT -> {
                    EndpointPayload value = PayloadFields.endpoint(fields);
                    Expect.equal("payload", payload, value.encode());
                    Expect.equal("decoded payload", value, EndpointPayload.decode(payload));
                }
                case RecordType.TOPIC -> {
                    TopicPayload value = PayloadFields.topic(fields);
                    Expect.equal("payload", payload, value.encode());
                    Expect.equal("decoded payload", value, TopicPayload.decode(payload));
                }
                default -> throw new UnsupportedCaseException("payload fields of type " + type);
            }
        } catch (InvalidRecordException e) {
            throw new MismatchException("decoded payload", "a payload", String.valueOf(e.getMessage()));
        }
    }

    private static void checkDecoded(Fields vector, SignedRecord record)
            throws MismatchException, MalformedVectorException {
        SignedRecord decoded;
        try {
            decoded = SignedRecord.decode(vector.hex("record_cbor"));
        } catch (CborException e) {
            throw new MismatchException("decoding", "a record", String.valueOf(e.getMessage()));
        }
        Expect.equal("decoded record", record, decoded);
        Expect.equal("address", vector.address("address"), decoded.address());
        Expect.equal("type", vector.number("rec_type"), decoded.type());
        Expect.equal("payload", vector.optionalHex("payload"), decoded.payload());
        Expect.equal("sequence number", vector.u64("seq"), decoded.sequence());
        Expect.equal("timestamp", vector.u64("timestamp"), decoded.timestamp());
        Expect.equal("time to live", vector.longNumber("ttl"), decoded.ttl());
        Expect.equal("key", vector.hex("pubkey"), decoded.publicKey());
        Expect.equal("delegation", vector.optionalHex("delegation"), decoded.delegation());
    }

    /** Checks that {@link RecordSigner} creates the same record, unless it rejects the values. */
    private static void checkPublished(Fields vector, Signer signer, SignedRecord record)
            throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        try {
            RecordSigner records = record.delegation().isPresent()
                    ? RecordSigner.delegated(
                            signer, record.address(), record.delegation().get())
                    : RecordSigner.self(signer, record.address());
            Optional<SignedRecord> published = published(vector, records, record);
            if (published.isPresent()) {
                Expect.equal(
                        "record by RecordSigner",
                        record.encoded(),
                        published.get().encoded());
            }
        } catch (IllegalArgumentException | InvalidRecordException rejected) {
            // Some of these records break a rule on purpose. Cases of kind "sign_refusal" check that RecordSigner
            // rejects the right ones.
        }
    }

    private static Optional<SignedRecord> published(Fields vector, RecordSigner records, SignedRecord record)
            throws InvalidRecordException, UnsupportedCaseException, MalformedVectorException {
        long sequence = record.sequence();
        long timestamp = record.timestamp();
        long ttl = record.ttl();
        if (vector.hasValue("payload_fields")) {
            Fields fields = vector.object("payload_fields");
            return Optional.of(
                    record.type() == RecordType.ENDPOINT
                            ? records.sign(PayloadFields.endpoint(fields), sequence, timestamp, ttl)
                            : records.sign(PayloadFields.topic(fields), sequence, timestamp, ttl));
        }
        return record.payload().isEmpty()
                ? Optional.empty()
                : Optional.of(records.sign(record.type(), record.payload().get(), sequence, timestamp, ttl));
    }
}
