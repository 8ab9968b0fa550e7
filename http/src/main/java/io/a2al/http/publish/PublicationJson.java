package io.a2al.http.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.http.lookup.LookupJson;
import io.a2al.http.route.Json;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.time.Duration;
import java.util.List;

/** JSON about publications. Stateless and thread-safe. */
public final class PublicationJson {

    private PublicationJson() {}

    /** Adds how widely a record is held, and what its publisher should know. */
    public static ObjectNode put(ObjectNode json, Publication publication) {
        Publication.State state = publication.state();
        json.put("key", publication.key().toHex())
                .put("record_type", state.record().type())
                .put("replicas", state.replicas())
                .put("wanted", state.wanted());
        LookupJson.putRecord(json, state.record());
        List<PublicationNotice> notices = publication.notices();
        json.put("hidden", notices.stream().anyMatch(PublicationNotice.HiddenByNewerRecord.class::isInstance));
        return json.set(
                "warnings",
                Json.texts(notices.stream().map(PublicationNotice::text).toList()));
    }

    /** Returns an open publication with its name. */
    static ObjectNode of(OpenPublications.Named named) {
        ObjectNode json = Json.object()
                .put("id", named.name())
                .put("kept", named.isKept())
                .put("renewable", named.isRenewable());
        putContent(json, named.publication().state().record());
        put(json, named.publication());
        json.put(
                "next_renewal_seconds",
                named.publication().renewalIn().map(Duration::toSeconds).orElse(null));
        ArrayNode holders = json.putArray("holders");
        for (Replica replica : named.publication().replicas()) {
            LookupJson.putContact(holders.addObject(), replica.node())
                    .put("condition", Json.name(replica.condition()))
                    .put(
                            "confirmed_seconds_ago",
                            replica.age().map(Duration::toSeconds).orElse(null));
        }
        return json;
    }

    /** Adds whose record it is, and what it says; of a record that was signed elsewhere, that may be anything. */
    private static void putContent(ObjectNode json, SignedRecord record) {
        json.put("address", record.address().toString());
        try {
            Bytes payload = record.payload().orElseThrow();
            switch (record.type()) {
                case RecordType.ENDPOINT ->
                    json.set(
                            "endpoints",
                            Json.texts(EndpointPayload.decode(payload).endpoints()));
                case RecordType.TOPIC ->
                    json.put("topic", TopicPayload.decode(payload).topic());
                case RecordType.AGENT_PROFILE ->
                    json.put("name", AgentProfilePayload.decode(payload).name());
                default -> {
                    // Of another type only the number is known.
                }
            }
        } catch (InvalidRecordException unreadable) {
            // Its key, type and numbers are told all the same.
        }
    }
}
