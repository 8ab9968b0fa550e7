package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.MailboxFrame;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.Authority;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks extras_v029.json: agent profiles and mailbox frames, which exist since v0.2.9. */
final class ExtrasCheck implements FileCheck {

    private final RecordVerifier verifier =
            new RecordVerifier(Ed25519.preferred().newVerifier());

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        return switch (vector.text("kind")) {
            case "agent_profile" -> profile(vector);
            case "mailbox_frame" -> frame(vector);
            case String other -> throw new UnsupportedCaseException("unknown kind " + other);
        };
    }

    private Outcome profile(Fields vector) throws MismatchException, MalformedVectorException {
        AgentProfilePayload payload = payload(vector.object("fields"));
        Bytes encoded = vector.hex("payload_cbor");
        Expect.equal("payload", encoded, payload.encode());
        Expect.equal("payload length", vector.number("payload_length"), encoded.length());
        checkRecord(vector, encoded);
        boolean publishable = isPublishable(payload);
        Expect.equal("within the limit", vector.bool("encode_ok"), publishable);
        if (publishable) {
            Expect.equal("beyond the recommended size", vector.bool("encode_warning"), payload.exceedsAdvice());
        }
        Optional<AgentProfilePayload> decoded = decoded(encoded);
        Expect.equal("decoded", vector.bool("parse_ok"), decoded.isPresent());
        if (decoded.isPresent()) {
            Expect.equal("decoded payload", payload, decoded.get());
        }
        return new Outcome.Passed();
    }

    private static AgentProfilePayload payload(Fields fields) throws MalformedVectorException {
        return new AgentProfilePayload(
                fields.number("version"),
                fields.text("name"),
                fields.text("brief"),
                fields.texts("protocols").orElse(List.of()),
                fields.texts("skills").orElse(List.of()),
                fields.optionalHex("card_hash").orElse(Bytes.EMPTY),
                fields.texts("modalities").orElse(List.of()),
                Map.of());
    }

    /** Checks that the record is valid, which does not depend on its payload. */
    private void checkRecord(Fields vector, Bytes payload) throws MismatchException, MalformedVectorException {
        try {
            SignedRecord record = SignedRecord.decode(vector.hex("record_cbor"));
            Expect.equal("payload of the record", Optional.of(payload), record.payload());
            Expect.equal(
                    "authority",
                    new Authority.SelfSigned(),
                    verifier.verify(record).authority());
        } catch (CborException | InvalidRecordException e) {
            throw new MismatchException("record", "a valid one", String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPublishable(AgentProfilePayload payload) {
        try {
            payload.checkLimits();
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }

    private static Optional<AgentProfilePayload> decoded(Bytes payload) {
        try {
            return Optional.of(AgentProfilePayload.decode(payload));
        } catch (InvalidRecordException e) {
            return Optional.empty();
        }
    }

    private static Outcome frame(Fields vector) throws MismatchException, MalformedVectorException {
        Bytes encoded = vector.hex("frame");
        Optional<MailboxFrame> read = read(encoded);
        Expect.equal("read", vector.bool("read_ok"), read.isPresent());
        if (read.isPresent()) {
            MailboxFrame frame = new MailboxFrame(vector.hex("msg_id"), vector.hex("record"));
            Expect.equal("frame", encoded, frame.encode());
            Expect.equal("read frame", frame, read.get());
        }
        return new Outcome.Passed();
    }

    private static Optional<MailboxFrame> read(Bytes frame) {
        try {
            return Optional.of(MailboxFrame.decode(frame));
        } catch (InvalidMailException e) {
            return Optional.empty();
        }
    }
}
