package io.a2al.http.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.NodeEvent;
import io.a2al.http.lookup.LookupJson;
import io.a2al.http.route.Json;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.SignedRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** JSON about events. Stateless and thread-safe. */
final class EventJson {

    /** The one kind of event that the network's other daemons have. */
    static final String LEGACY_MAIL = "mailbox.received";

    private EventJson() {}

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }

    /** Returns the members that every event has. */
    static ObjectNode base(String id, EventType type, long unixMillis) {
        return Json.object().put("id", id).put("type", type.text()).put("at", seconds(unixMillis));
    }

    /** Adds what an event says. */
    static ObjectNode put(ObjectNode json, NodeEvent event) {
        switch (event) {
            case NodeEvent.RecordHeard(NodeId key, var record, Optional<NodeId> from) -> {
                putRecord(json.put("key", key.toHex()), record.record());
                json.put("from", from.map(NodeId::toHex).orElse(null));
            }
            case NodeEvent.MailReceived(NodeId recipient, var note) ->
                putRecord(json.put("recipient", recipient.toHex()), note.record());
            case NodeEvent.Joined(Contact contact) -> LookupJson.putContact(json, contact);
            case NodeEvent.ContactAdded(Contact contact) -> LookupJson.putContact(json, contact);
            case NodeEvent.ContactLost(Contact contact, Optional<Duration> knownFor) ->
                LookupJson.putContact(json, contact)
                        .put("known_seconds", knownFor.map(Duration::toSeconds).orElse(null));
            case NodeEvent.ReplicaLost(NodeId key, var record, Contact holder) -> {
                putRecord(json.put("key", key.toHex()), record.record());
                json.set("holder", LookupJson.putContact(Json.object(), holder));
            }
            case NodeEvent.KeySurrounded(NodeId key, int vicinity) ->
                json.put("key", key.toHex()).put("vicinity", vicinity);
            case NodeEvent.ConnectivitySuspected() -> {
                // Nothing more is known.
            }
            case NodeEvent.ConnectivityRestored() -> {
                // Likewise.
            }
        }
        return json;
    }

    private static void putRecord(ObjectNode json, SignedRecord record) {
        ObjectNode row = json.putObject("record")
                .put("address", record.address().toString())
                .put("type", record.type());
        LookupJson.putRecord(row, record);
    }

    /**
     * Returns that notes came, in the form of the network's other daemons.
     *
     * @param source how they came; empty if that is not told
     */
    static ObjectNode legacyMail(Address agent, int count, Optional<String> source, long unixMillis) {
        ObjectNode json = Json.object()
                .put("aid", agent.toString())
                .put(
                        "at",
                        Instant.ofEpochMilli(unixMillis)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        ObjectNode data = json.putObject("data").put("count", count);
        source.ifPresent(text -> data.put("source", text));
        return json.put("type", LEGACY_MAIL);
    }

    /**
     * Returns that events were missed.
     *
     * @param count how many; empty if that is not known
     */
    static ObjectNode lost(Optional<Long> count, long unixMillis) {
        return Json.object()
                .put("type", EventType.LOST.text())
                .put("at", seconds(unixMillis))
                .put("count", count.orElse(null));
    }
}
