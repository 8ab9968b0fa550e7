package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecordVectorsTest {

    private static final int SIGNED_FIELDS_HEAD = 0xa6;

    /**
     * D-54: all these records are signed by the key of their own address and had a proof hung on afterwards. The
     * reference takes the proof's issue time for the record's; we answer as if the proof were not there: whether a is
     * newer, whether b is.
     */
    private static final Map<String, List<Boolean>> DIFFERENT_ORDER = Map.of(
            "newer-delegation-newer-seq-lower", List.of(false, true),
            "newer-delegation-vs-none", List.of(false, true),
            "newer-delegation-garbage-vs-valid", List.of(true, false));

    /** The reference's publisher encodes a topic record without a topic, which then no node accepts; ours refuses. */
    private static final Set<String> DIFFERENT_MARSHAL = Set.of("topic-limit-marshal-empty-topic");

    private final RecordVerifier verifier = Fixtures.recordVerifier();
    private final Set<String> differed = new TreeSet<>();
    private final Choices choices = Choices.load("records");

    @Test
    void everyRecordIsTheReferencesByteForByteAndJudgedTheSame() {
        Vectors.load("records.json").run(vector -> {
            switch (Vectors.text(vector, "kind")) {
                case "sign" -> checkSign(vector);
                case "verify" -> checkVerify(vector);
                case "newer" -> checkNewer(vector);
                case "category" -> checkCategory(vector);
                case "sign_refusal" -> checkSignRefusal(vector);
                case "topic_marshal" -> checkTopicMarshal(vector);
                default -> throw new AssertionError("unknown kind");
            }
        });
        choices.checkComplete();
        Set<String> expected = new TreeSet<>(DIFFERENT_ORDER.keySet());
        expected.addAll(DIFFERENT_MARSHAL);
        assertThat(differed).as("cases where we differ on purpose").isEqualTo(expected);
    }

    // ---- sign -------------------------------------------------------------------------------------------------

    private void checkSign(JsonNode vector) throws Exception {
        Signer signer = Identity.ofSeed(Vectors.hex(vector, "seed").toArray()).newSigner();
        assertThat(signer.publicKey()).isEqualTo(Vectors.hex(vector, "pubkey"));
        Optional<Bytes> payload = Vectors.optionalHex(vector, "payload");
        if (vector.hasNonNull("payload_fields")) {
            checkPayloadFields(vector, payload.orElseThrow());
        }
        SignedRecord record = sign(vector, signer, payload);

        byte[] preimage = new byte[RecordVerifier.PREIMAGE_PREFIX.length + record.encodedLength()];
        int length = record.writePreimage(RecordVerifier.PREIMAGE_PREFIX, SIGNED_FIELDS_HEAD, preimage);
        Bytes expected = Vectors.hex(vector, "signing_preimage");
        assertThat(Bytes.copyOfRange(preimage, 0, length)).as("preimage").isEqualTo(expected);
        assertThat(Bytes.copyOfRange(preimage, RecordVerifier.PREIMAGE_PREFIX.length, length))
                .as("signed fields")
                .isEqualTo(Vectors.hex(vector, "sign_fields_cbor"));
        assertThat(record.signature()).as("signature").isEqualTo(Vectors.hex(vector, "signature"));
        Bytes encoded = Vectors.hex(vector, "record_cbor");
        assertThat(record.encoded()).as("record").isEqualTo(encoded);

        SignedRecord decoded = SignedRecord.decode(encoded);
        assertThat(decoded).isEqualTo(record);
        assertThat(decoded.address().toBytes()).isEqualTo(Vectors.hex(vector, "address"));
        assertThat(decoded.type()).isEqualTo(Vectors.number(vector, "rec_type"));
        assertThat(decoded.payload()).isEqualTo(payload);
        assertThat(decoded.sequence()).isEqualTo(Vectors.u64(vector, "seq"));
        assertThat(decoded.timestamp()).isEqualTo(Vectors.u64(vector, "timestamp"));
        assertThat(decoded.ttl()).isEqualTo(Vectors.longNumber(vector, "ttl"));
        assertThat(decoded.publicKey()).isEqualTo(signer.publicKey());
        assertThat(decoded.delegation()).isEqualTo(Vectors.optionalHex(vector, "delegation"));
        checkVerdicts(vector, encoded);
    }

    private static SignedRecord sign(JsonNode vector, Signer signer, Optional<Bytes> payload) {
        Address address = Address.of(Vectors.hex(vector, "address"));
        Optional<Bytes> delegation = Vectors.optionalHex(vector, "delegation");
        // The signature does not cover the proof, so that any serves to sign for an address that is not the key's own.
        boolean own = Address.ofPublicKey(signer.publicKey()).equals(address);
        RecordSigner records = own && delegation.isEmpty()
                ? RecordSigner.self(signer, address)
                : RecordSigner.delegated(signer, address, delegation.orElse(Bytes.zeros(1)));
        SignedRecord record = records.signAnything(
                Vectors.number(vector, "rec_type"),
                payload,
                Vectors.u64(vector, "seq"),
                Vectors.u64(vector, "timestamp"),
                Vectors.longNumber(vector, "ttl"));
        return delegation.isPresent() ? record : record.withoutDelegation();
    }

    private static void checkPayloadFields(JsonNode vector, Bytes payload) throws Exception {
        JsonNode fields = Vectors.field(vector, "payload_fields");
        switch (Vectors.number(vector, "rec_type")) {
            case RecordType.ENDPOINT -> {
                EndpointPayload value = endpointPayload(fields);
                assertThat(value.encode()).as("payload").isEqualTo(payload);
                assertThat(EndpointPayload.decode(payload)).isEqualTo(value);
            }
            case RecordType.TOPIC -> {
                TopicPayload value = topicPayload(fields);
                assertThat(value.encode()).as("payload").isEqualTo(payload);
                assertThat(TopicPayload.decode(payload)).isEqualTo(value);
            }
            default -> throw new AssertionError("payload fields of an unknown type");
        }
    }

    // ---- verify -----------------------------------------------------------------------------------------------

    private void checkVerify(JsonNode vector) {
        checkVerdicts(vector, Vectors.hex(vector, "record_cbor"));
    }

    private void checkVerdicts(JsonNode vector, Bytes encoded) {
        assertThat(vector.get("verify")).isNotEmpty();
        for (JsonNode moment : vector.get("verify")) {
            String verdict = verdict(encoded, Vectors.u64(moment, "now"));
            String expected = Vectors.text(moment, "result_v029");
            if (Vectors.flag(vector, "may_reject")) {
                expected = choices.expected(vector, verdict.equals("ok")) ? "ok" : "invalid";
            }
            assertThat(verdict).as("at " + moment.get("now")).isEqualTo(expected);
        }
    }

    private String verdict(Bytes encoded, long now) {
        try {
            return switch (verifier.verify(SignedRecord.decode(encoded)).validityAt(now)) {
                case VALID -> "ok";
                case FUTURE -> "future";
                case EXPIRED -> "expired";
            };
        } catch (CborException | InvalidRecordException e) {
            return "invalid";
        }
    }

    // ---- newer ------------------------------------------------------------------------------------------------

    private void checkNewer(JsonNode vector) throws Exception {
        VerifiedRecord a = verifier.verify(SignedRecord.decode(Vectors.hex(vector, "a")));
        VerifiedRecord b = verifier.verify(SignedRecord.decode(Vectors.hex(vector, "b")));
        assertThat(a.record().sequence()).isEqualTo(Vectors.u64(vector, "a_seq"));
        assertThat(b.record().timestamp()).isEqualTo(Vectors.u64(vector, "b_timestamp"));
        List<Boolean> answer = List.of(RecordOrder.isNewer(a, b), RecordOrder.isNewer(b, a));
        List<Boolean> newerGeneration =
                List.of(Vectors.bool(vector, "a_newer_v029"), Vectors.bool(vector, "b_newer_v029"));
        if (!answer.equals(newerGeneration)) {
            differed.add(Vectors.name(vector));
        }
        assertThat(answer)
                .as("a newer, b newer")
                .isEqualTo(DIFFERENT_ORDER.getOrDefault(Vectors.name(vector), newerGeneration));
    }

    // ---- the rest ---------------------------------------------------------------------------------------------

    private static void checkCategory(JsonNode vector) {
        assertThat(RecordCategory.of(Vectors.number(vector, "rec_type")).name().toLowerCase(Locale.ROOT))
                .isEqualTo(Vectors.text(vector, "category"));
    }

    private static void checkSignRefusal(JsonNode vector) {
        Signer signer = Identity.ofSeed(Vectors.hex(vector, "seed").toArray()).newSigner();
        int type = Vectors.number(vector, "rec_type");
        long ttl = Vectors.longNumber(vector, "ttl");
        boolean signed;
        try {
            RecordSigner records = RecordSigner.self(signer, Address.of(Vectors.hex(vector, "address")));
            if (Vectors.name(vector).startsWith("sign-refusal-endpoint-")) {
                assertThat(type).isEqualTo(RecordType.ENDPOINT);
                records.sign(EndpointPayload.of(List.of("quic://203.0.113.7:4121")), 1, Fixtures.NOW, ttl);
            } else {
                records.sign(type, Bytes.fromHex("a0"), 1, Fixtures.NOW, ttl);
            }
            signed = true;
        } catch (IllegalArgumentException | InvalidRecordException refused) {
            signed = false;
        }
        assertThat(signed).as("signed").isEqualTo(Vectors.bool(vector, "ok"));
    }

    private void checkTopicMarshal(JsonNode vector) {
        TopicPayload payload = topicPayload(Vectors.field(vector, "payload_fields"));
        assertThat(payload.encode().length()).isEqualTo(Vectors.number(vector, "payload_length"));
        assertThat(payload.brief().codePointCount(0, payload.brief().length()))
                .isEqualTo(Vectors.number(vector, "brief_code_points"));
        boolean ok = isWithinLimits(payload);
        boolean expected = Vectors.bool(vector, "ok");
        if (ok != expected) {
            differed.add(Vectors.name(vector));
        }
        assertThat(ok).as("may be published").isEqualTo(expected && !DIFFERENT_MARSHAL.contains(Vectors.name(vector)));
    }

    private static boolean isWithinLimits(TopicPayload payload) {
        try {
            RecordSigner.self(Fixtures.A.newSigner()).sign(payload, 1, Fixtures.NOW, 3600);
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }

    // ---- values from the vectors ------------------------------------------------------------------------------

    private static EndpointPayload endpointPayload(JsonNode fields) {
        return new EndpointPayload(
                Vectors.texts(fields, "endpoints"),
                Vectors.number(fields, "nat_type"),
                Vectors.text(fields, "signal"),
                Vectors.texts(fields, "turns").orElse(List.of()),
                Vectors.texts(fields, "signals").orElse(List.of()));
    }

    private static TopicPayload topicPayload(JsonNode fields) {
        Map<String, CborValue> meta = new HashMap<>();
        for (JsonNode entry : Vectors.field(fields, "meta")) {
            meta.put(Vectors.text(entry, "key"), value(Vectors.field(entry, "value")));
        }
        return new TopicPayload(
                Vectors.number(fields, "version"),
                Vectors.text(fields, "topic"),
                Vectors.text(fields, "name"),
                Vectors.texts(fields, "protocols"),
                Vectors.texts(fields, "tags"),
                Vectors.text(fields, "brief"),
                meta);
    }

    private static CborValue value(JsonNode node) {
        return switch (Vectors.text(node, "type")) {
            case "null" -> new CborValue.Null();
            case "bool" -> new CborValue.Bool(Vectors.bool(node, "value"));
            case "int" -> new CborValue.Int(new BigInteger(Vectors.text(node, "value")));
            case "float" -> new CborValue.Floating(Double.parseDouble(Vectors.text(node, "value")));
            case "text" -> new CborValue.Text(Vectors.text(node, "value"));
            case "bytes" -> new CborValue.Binary(Vectors.hex(node, "value"));
            case "array" -> {
                List<CborValue> items = new ArrayList<>();
                Vectors.field(node, "value").forEach(item -> items.add(value(item)));
                yield new CborValue.Sequence(items);
            }
            case "map" -> {
                Map<CborValue, CborValue> entries = new HashMap<>();
                Vectors.field(node, "value")
                        .forEach(entry -> entries.put(
                                new CborValue.Text(Vectors.text(entry, "key")), value(Vectors.field(entry, "value"))));
                yield new CborValue.Dictionary(entries);
            }
            default -> throw new AssertionError("unknown type of value");
        };
    }
}
