package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Locale;

/** Checks records.json: how records are created, verified, ordered and rejected. */
final class RecordCheck implements FileCheck {

    /** Timestamp of records whose time does not matter, in Unix seconds. */
    private static final long ANY_TIME = 1_700_000_000L;

    private static final String VALID = "ok";
    private static final String INVALID = "invalid";

    private final RecordVerifier verifier =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private final Choices choices;

    RecordCheck(Choices choices) {
        this.choices = choices;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        return switch (vector.text("kind")) {
            case "sign" -> {
                SignedRecordCheck.check(vector);
                yield verify(vector);
            }
            case "verify" -> verify(vector);
            case "newer" -> newer(vector);
            case "category" -> category(vector);
            case "sign_refusal" -> signRefusal(vector);
            case "topic_marshal" -> topicMarshal(vector);
            case String other -> throw new UnsupportedCaseException("unknown kind " + other);
        };
    }

    // ---- verify -----------------------------------------------------------------------------------------------

    private Outcome verify(Fields vector) throws MismatchException, MalformedVectorException {
        Bytes encoded = vector.hex("record_cbor");
        List<Fields> moments = vector.objects("verify");
        if (moments.isEmpty()) {
            throw vector.malformed("verify", "empty; it must have a time at which to verify");
        }
        boolean open = vector.flag("may_reject");
        boolean acceptedIfOpen =
                open && !verdict(encoded, moments.getFirst().u64("now")).equals(INVALID);
        Outcome outcome = choices.verdict(vector, open, true, !open || acceptedIfOpen);
        for (Fields moment : moments) {
            String expected = open && !acceptedIfOpen ? INVALID : moment.text("result_v029");
            Expect.equal("at " + moment.text("now"), expected, verdict(encoded, moment.u64("now")));
        }
        return outcome;
    }

    private String verdict(Bytes encoded, long now) {
        try {
            return switch (verifier.verify(SignedRecord.decode(encoded)).validityAt(now)) {
                case VALID -> VALID;
                case FUTURE -> "future";
                case EXPIRED -> "expired";
            };
        } catch (CborException | InvalidRecordException e) {
            return INVALID;
        }
    }

    // ---- newer ------------------------------------------------------------------------------------------------

    private Outcome newer(Fields vector) throws MismatchException, MalformedVectorException {
        VerifiedRecord a = verified(vector, "a");
        VerifiedRecord b = verified(vector, "b");
        String expected = which(vector.bool("a_newer_v029"), vector.bool("b_newer_v029"));
        return choices.answer(vector, "newer", expected, which(RecordOrder.isNewer(a, b), RecordOrder.isNewer(b, a)));
    }

    private VerifiedRecord verified(Fields vector, String field) throws MismatchException, MalformedVectorException {
        VerifiedRecord verified;
        try {
            verified = verifier.verify(SignedRecord.decode(vector.hex(field)));
        } catch (CborException | InvalidRecordException e) {
            throw new MismatchException(field, "a valid record", String.valueOf(e.getMessage()));
        }
        Expect.equal(
                "sequence number of " + field,
                vector.u64(field + "_seq"),
                verified.record().sequence());
        Expect.equal(
                "timestamp of " + field,
                vector.u64(field + "_timestamp"),
                verified.record().timestamp());
        return verified;
    }

    private static String which(boolean a, boolean b) {
        return a ? (b ? "both" : "a") : (b ? "b" : "neither");
    }

    // ---- other kinds ------------------------------------------------------------------------------------------

    private static Outcome category(Fields vector) throws MismatchException, MalformedVectorException {
        RecordCategory category = RecordCategory.of(vector.number("rec_type"));
        Expect.equal("category", vector.text("category"), category.name().toLowerCase(Locale.ROOT));
        return new Outcome.Passed();
    }

    private static Outcome signRefusal(Fields vector) throws MismatchException, MalformedVectorException {
        Signer signer = vector.identity("seed").newSigner();
        int type = vector.number("rec_type");
        long ttl = vector.longNumber("ttl");
        boolean byEndpointSigner = vector.caseName().startsWith("sign-refusal-endpoint-");
        if (byEndpointSigner && type != RecordType.ENDPOINT) {
            throw vector.malformed("rec_type", "not the type of an endpoint record");
        }
        boolean signed;
        try {
            RecordSigner records = RecordSigner.self(signer, vector.address("address"));
            if (byEndpointSigner) {
                records.sign(EndpointPayload.of(List.of("quic://203.0.113.7:4121")), 1, ANY_TIME, ttl);
            } else {
                records.sign(type, Bytes.fromHex("a0"), 1, ANY_TIME, ttl);
            }
            signed = true;
        } catch (IllegalArgumentException | InvalidRecordException rejected) {
            signed = false;
        }
        Expect.equal("signed", vector.bool("ok"), signed);
        return new Outcome.Passed();
    }

    private Outcome topicMarshal(Fields vector)
            throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        TopicPayload payload = PayloadFields.topic(vector.object("payload_fields"));
        Expect.equal(
                "payload length",
                vector.number("payload_length"),
                payload.encode().length());
        Expect.equal(
                "code points of the brief",
                vector.number("brief_code_points"),
                payload.brief().codePointCount(0, payload.brief().length()));
        return choices.answer(
                vector, "published", String.valueOf(vector.bool("ok")), String.valueOf(isPublished(payload)));
    }

    private static boolean isPublished(TopicPayload payload) {
        Identity publisher = Identity.ofSeed(new byte[Identity.SEED_LENGTH]);
        try {
            RecordSigner.self(publisher.newSigner()).sign(payload, 1, ANY_TIME, 3600);
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }
}
