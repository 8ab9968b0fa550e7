package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.http.registry.AgentNote;
import io.a2al.http.registry.KeptAgent;
import io.a2al.http.registry.RegisteredAgent;
import io.a2al.http.registry.ServiceEntry;
import io.a2al.http.route.Json;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** JSON about agents, as the network's other daemons write it. Stateless. */
final class AgentJson {

    /** How often a record of an hour is renewed, in seconds. */
    static final long RENEWAL_SECONDS = 1800;

    private static final Duration NOTICE = Duration.ofDays(1);

    private AgentJson() {}

    /** Returns all about an agent but its key. */
    static ObjectNode of(RegisteredAgent agent, Instant now) {
        KeptAgent kept = agent.kept();
        ObjectNode json = Json.object()
                .put("aid", kept.address().toString())
                .put("service_tcp", kept.target())
                .put("demo_active", false);
        Optional<Publication> endpoint = agent.endpoint();
        Optional<SignedRecord> record = endpoint.map(made -> made.state().record());
        Json.putUnsigned(json, "seq", record.map(SignedRecord::sequence).orElse(kept.sequence()));
        json.put("published_to_dht", kept.sequence() != 0);
        if (kept.services().isEmpty()) {
            json.putNull("services");
        } else {
            ArrayNode services = json.putArray("services");
            kept.services().values().forEach(service -> write(services.addObject(), service));
        }
        json.put(
                "heartbeat_seconds_ago",
                agent.heartbeat()
                        .map(at -> Duration.between(at, now).toMillis() / 1e3)
                        .orElse(null));
        putTimes(json, "last_publish_at", "next_republish_estimate", record);
        json.put(
                        "dht_record_expires_at",
                        record.map(found -> time(found.timestamp() + found.ttl()))
                                .orElse(null))
                .put(
                        "dht_active_replicas",
                        endpoint.map(made -> made.state().replicas()).orElse(0))
                .put("dht_local_replicas", endpoint.isPresent() ? 1 : 0)
                .put(
                        "delegation_expires_at",
                        agent.delegationEnd().map(AgentJson::time).orElse(null));
        return json.set("warnings", Json.texts(warnings(agent, now)));
    }

    private static List<String> warnings(RegisteredAgent agent, Instant now) {
        List<String> warnings = new ArrayList<>();
        agent.delegationEnd()
                .filter(end -> end.isBefore(now.plus(NOTICE)))
                .ifPresent(end -> warnings.add("the delegation " + (end.isAfter(now) ? "ends" : "ended") + " at "
                        + time(end) + "; have its owner sign a new one, and register it with that"));
        agent.endpoint()
                .ifPresent(made ->
                        made.notices().stream().map(PublicationNotice::text).forEach(warnings::add));
        return warnings;
    }

    /** Adds when a record was published and when it is renewed. */
    static void putTimes(ObjectNode json, String published, String renewed, Optional<SignedRecord> record) {
        json.put(published, record.map(found -> time(found.timestamp())).orElse(null))
                .put(
                        renewed,
                        record.map(found -> time(found.timestamp() + RENEWAL_SECONDS))
                                .orElse(null));
    }

    private static void write(ObjectNode json, ServiceEntry service) {
        TopicPayload payload = service.payload();
        json.put("topic", service.topic());
        if (!payload.name().isEmpty()) {
            json.put("name", payload.name());
        }
        if (!payload.protocols().isEmpty()) {
            json.set("protocols", Json.texts(payload.protocols()));
        }
        if (!payload.tags().isEmpty()) {
            json.set("tags", Json.texts(payload.tags()));
        }
        if (!payload.brief().isEmpty()) {
            json.put("brief", payload.brief());
        }
        if (!payload.meta().isEmpty()) {
            json.set("meta", CborJson.toJson(payload.meta()));
        }
        if (service.ttl() != 0) {
            json.put("ttl", service.ttl());
        }
    }

    /** Returns a profile. */
    static ObjectNode profile(AgentProfilePayload profile) {
        ObjectNode json = Json.object().put("version", profile.version());
        if (!profile.name().isEmpty()) {
            json.put("name", profile.name());
        }
        if (!profile.brief().isEmpty()) {
            json.put("brief", profile.brief());
        }
        putTexts(json, "protocols", profile.protocols());
        putTexts(json, "skills", profile.skills());
        if (!profile.cardHash().isEmpty()) {
            json.put("card_hash", profile.cardHash().toHex());
        }
        putTexts(json, "modalities", profile.modalities());
        if (!profile.meta().isEmpty()) {
            json.set("meta", CborJson.toJson(profile.meta()));
        }
        return json;
    }

    private static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.set(name, Json.texts(texts));
        }
    }

    /** Returns a note. */
    static ObjectNode note(AgentNote note) {
        return Json.object()
                .put("sender", note.received().mail().sender().toString())
                .put("msg_type", note.received().mail().type())
                .put(
                        "body_base64",
                        Base64.getEncoder()
                                .encodeToString(note.received().mail().body().toArray()))
                .put("id", note.id())
                .put("received_at", time(note.receivedAt()));
    }

    /** Returns a time, in UTC to the second. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String time(long unixSeconds) {
        return time(Instant.ofEpochSecond(unixSeconds));
    }
}
