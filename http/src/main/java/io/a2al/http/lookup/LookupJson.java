package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.Holder;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.Json;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.time.Duration;
import java.util.List;

/** JSON about lookups and what they find. Stateless and thread-safe. */
public final class LookupJson {

    private LookupJson() {}

    /** Returns how a lookup went. */
    public static ObjectNode report(LookupReport report) {
        ObjectNode json = Json.object()
                .put("asked", report.asked())
                .put("answered", report.answered())
                .put("hops", report.hops())
                .put("elapsed_ms", milliseconds(report.elapsed()))
                .put("complete", report.complete())
                .put("agreeing", report.agreeing())
                .put("surrounded", report.surrounded());
        ArrayNode holders = json.putArray("holders");
        for (Holder holder : report.holders()) {
            putContact(holders.addObject(), holder.node()).put("newest", holder.newest());
        }
        return json;
    }

    /** Adds a node's identity and address. */
    public static ObjectNode putContact(ObjectNode json, Contact contact) {
        return json.put("node_id", contact.nodeId().toHex())
                .put("address", contact.address().toString())
                .put("endpoint", Endpoints.text(contact.endpoint()));
    }

    /** Adds the numbers of a record. */
    public static void putRecord(ObjectNode json, SignedRecord record) {
        Json.putUnsigned(json, "seq", record.sequence());
        Json.putUnsigned(json, "timestamp", record.timestamp());
        json.put("ttl_seconds", record.ttl());
    }

    /** Returns where an agent can be reached. */
    static ObjectNode endpoint(EndpointRecord found) {
        EndpointPayload payload = found.payload();
        ObjectNode json = Json.object().put("address", found.address().toString());
        json.set("endpoints", Json.texts(payload.endpoints()));
        json.put("nat", Json.name(payload.natType()));
        json.set("signals", Json.texts(signals(payload)));
        json.set("turns", Json.texts(payload.turns()));
        putRecord(json, found.record());
        return json;
    }

    /** Returns the list of signal URLs, or the single one where there is no list (wire.md 11.1). */
    private static List<String> signals(EndpointPayload payload) {
        if (!payload.signals().isEmpty()) {
            return payload.signals();
        }
        return payload.signal().isEmpty() ? List.of() : List.of(payload.signal());
    }

    /** Returns an entry under a topic. */
    static ObjectNode entry(TopicEntry entry) {
        TopicPayload payload = entry.payload();
        ObjectNode row =
                Json.object().put("address", entry.address().toString()).put("name", payload.name());
        row.set("protocols", Json.texts(payload.protocols()));
        row.set("tags", Json.texts(payload.tags()));
        row.put("brief", payload.brief());
        putRecord(row, entry.record());
        return row;
    }

    /** Returns milliseconds, with a fraction. */
    public static double milliseconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
