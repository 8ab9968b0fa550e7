package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.LookupStep;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.route.Json;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;

/** JSON about the steps of a lookup. Stateless and thread-safe. */
final class TraceJson {

    private TraceJson() {}

    /** Returns a step. */
    static ObjectNode of(LookupStep step) {
        ObjectNode json = Json.object().put("at_ms", LookupJson.milliseconds(step.elapsed()));
        json.put(
                "step",
                switch (step.event()) {
                    case LookupStep.Asked() -> "asked";
                    case LookupStep.Answered _ -> "answered";
                    case LookupStep.Failed _ -> "failed";
                });
        LookupJson.putContact(json, step.node()).put("shared_bits", step.sharedBits());
        switch (step.event()) {
            case LookupStep.Asked() -> {
                // Nothing more is known.
            }
            case LookupStep.Answered answer -> putAnswer(json, answer);
            case LookupStep.Failed(var reason) -> json.put("reason", Json.name(reason));
        }
        return json;
    }

    private static void putAnswer(ObjectNode json, LookupStep.Answered answer) {
        json.put("round_trip_ms", LookupJson.milliseconds(answer.roundTrip()));
        ArrayNode nodes = json.putArray("nodes");
        for (Contact node : answer.nodes()) {
            nodes.addObject().put("node_id", node.nodeId().toHex()).put("endpoint", Endpoints.text(node.endpoint()));
        }
        ArrayNode records = json.putArray("records");
        for (VerifiedRecord record : answer.records()) {
            ObjectNode row = records.addObject()
                    .put("address", record.record().address().toString())
                    .put("type", record.record().type());
            LookupJson.putRecord(row, record.record());
        }
        json.put("truncated", answer.truncated());
    }
}
