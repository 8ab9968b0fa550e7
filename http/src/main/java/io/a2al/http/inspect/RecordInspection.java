package io.a2al.http.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.Json;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.Authority;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Map;
import java.util.Optional;

/** The fields of a record, its payload, and its own verdict. Not thread-safe. */
final class RecordInspection {

    private final Inspection whole;
    private final SignedRecord record;
    private final ObjectNode tree = Json.object();
    private Optional<NodeId> contentKey = Optional.empty();
    private boolean payloadReported;

    RecordInspection(Inspection whole, SignedRecord record) {
        this.whole = whole;
        this.record = record;
        addFields();
        addPayload();
        addVerdict();
    }

    ObjectNode tree() {
        return tree;
    }

    /** Returns the key that the content of the record names, if the record is valid and names one. */
    Optional<NodeId> contentKey() {
        return contentKey;
    }

    static String typeName(int type) {
        String name = switch (type) {
            case RecordType.ANY -> "any";
            case RecordType.ENDPOINT -> "endpoint";
            case RecordType.AGENT_PROFILE -> "agent profile";
            case RecordType.TOPIC -> "topic";
            case RecordType.MAILBOX -> "mailbox";
            default -> "unnamed";
        };
        return String.format("0x%02x %s", type, name);
    }

    private void addFields() {
        tree.put("address", record.address().toString())
                .put("type", typeName(record.type()))
                .put("seq", Json.unsigned(record.sequence()))
                .put("timestamp", Json.unsigned(record.timestamp()))
                .put("made_at", TimeText.date(record.timestamp()))
                .put("ttl", record.ttl())
                .put("public_key", record.publicKey().toHex())
                .put("bytes", record.encodedLength());
        record.delegation().ifPresent(proof -> tree.put("delegation", proof.toHex()));
    }

    private void addPayload() {
        Optional<Bytes> payload = record.payload();
        if (payload.isEmpty()) {
            tree.putNull("payload");
            return;
        }
        try {
            tree.set(
                    "payload",
                    switch (record.type()) {
                        case RecordType.ENDPOINT -> endpoint(EndpointPayload.decode(payload.get()));
                        case RecordType.AGENT_PROFILE -> profile(payload.get());
                        case RecordType.TOPIC -> topic(TopicPayload.decode(payload.get()));
                        default -> opaque(payload.get());
                    });
        } catch (InvalidRecordException e) {
            reportPayload(e);
            tree.set("payload", opaque(payload.get()));
        }
    }

    private static JsonNode endpoint(EndpointPayload payload) {
        ObjectNode object = Json.object();
        object.set("endpoints", Json.texts(payload.endpoints()));
        object.put("nat", Json.name(payload.natType())).put("signal", payload.signal());
        object.set("turns", Json.texts(payload.turns()));
        object.set("signals", Json.texts(payload.signals()));
        return object;
    }

    /** Nodes keep a profile whatever it holds, so that one with another payload is no defect. */
    private static JsonNode profile(Bytes encoded) {
        AgentProfilePayload payload;
        try {
            payload = AgentProfilePayload.decode(encoded);
        } catch (InvalidRecordException notAProfile) {
            return opaque(encoded);
        }
        ObjectNode object = Json.object()
                .put("version", payload.version())
                .put("name", payload.name())
                .put("brief", payload.brief());
        object.set("protocols", Json.texts(payload.protocols()));
        object.set("skills", Json.texts(payload.skills()));
        object.put("card_hash", payload.cardHash().toHex());
        object.set("modalities", Json.texts(payload.modalities()));
        putMeta(object, payload.meta());
        return object;
    }

    private static JsonNode topic(TopicPayload payload) {
        ObjectNode object = Json.object()
                .put("version", payload.version())
                .put("topic", payload.topic())
                .put("name", payload.name());
        object.set("protocols", Json.texts(payload.protocols()));
        object.set("tags", Json.texts(payload.tags()));
        object.put("brief", payload.brief());
        putMeta(object, payload.meta());
        return object;
    }

    private static void putMeta(ObjectNode object, Map<String, CborValue> values) {
        ObjectNode meta = object.putObject("meta");
        values.forEach((key, value) -> meta.set(key, CborTree.of(value)));
    }

    /** Shows a payload of an unknown type: as CBOR if it is CBOR, else as bytes. */
    private static JsonNode opaque(Bytes payload) {
        try {
            CborReader reader = CborReader.lenient(payload);
            JsonNode content = CborTree.of(reader.value());
            reader.expectEnd();
            return content;
        } catch (CborException notCbor) {
            return Json.object().put("hex", payload.toHex());
        }
    }

    private void addVerdict() {
        try {
            VerifiedRecord verified = new RecordVerifier(whole.signatures()).verify(record);
            contentKey = verified.contentKey();
            tree.put("signature", "holds").put("authority", authority(verified));
            contentKey.ifPresent(key -> tree.put("belongs_at", key.toString()));
            tree.put("time", time(verified));
        } catch (InvalidRecordException e) {
            boolean signed = e.reason() != InvalidRecordException.Reason.SIGNATURE;
            tree.put("signature", signed ? "holds" : "does not hold");
            if (!signed) {
                int at = whole.offsetOf(record.signature());
                whole.problem(
                        "the record's signature (bytes " + at + " to "
                                + (at + record.signature().length() - 1) + ") is not one of its fields by its key",
                        at);
            } else {
                reportPayload(e);
            }
        }
    }

    /** Reports a problem of the payload once, although the verifier finds it again. */
    private void reportPayload(InvalidRecordException mistake) {
        if (!payloadReported) {
            payloadReported = true;
            whole.problem(mistake.getMessage(), whole.offsetOf(record.payload().orElseGet(record::encoded)));
        }
    }

    private String authority(VerifiedRecord verified) {
        return switch (verified.authority()) {
            case Authority.SelfSigned() -> "signed by the address's own key";
            case Authority.Delegated(long issuedAt, long expiresAt) ->
                "delegated from " + TimeText.date(issuedAt)
                        + (expiresAt == 0 ? " for ever" : " to " + TimeText.date(expiresAt))
                        + (RecordPolicy.ownerOnly().allows(verified.addressId(), verified, whole.now())
                                ? ""
                                : ", which is not now");
            case Authority.Unproven() -> {
                whole.problem(
                        "nothing proves that the signing key may speak for the address",
                        whole.offsetOf(record.publicKey()));
                yield "unproven";
            }
        };
    }

    private String time(VerifiedRecord verified) {
        long now = whole.now();
        return switch (verified.validityAt(now)) {
            case VALID -> "valid for another " + TimeText.seconds(verified.expiresAfter() - now);
            case EXPIRED -> "expired " + TimeText.seconds(now - verified.expiresAfter()) + " ago";
            case FUTURE -> "from the future, made at " + TimeText.date(record.timestamp());
        };
    }
}
