package io.a2al.http.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.http.lookup.LookupJson;
import io.a2al.http.route.Json;
import java.time.Duration;

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
        return json.set(
                "warnings",
                Json.texts(publication.notices().stream()
                        .map(PublicationNotice::text)
                        .toList()));
    }

    /** Returns an open publication with its name. */
    static ObjectNode of(OpenPublications.Named named) {
        ObjectNode json = Json.object().put("id", named.name()).put("kept", named.isKept());
        put(json, named.publication());
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
}
