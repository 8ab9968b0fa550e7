package io.a2al.app.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.client.NetworkOptions;
import java.time.Duration;
import java.time.Instant;

/** Brings JSON of the node's HTTP interface into the form that commands print. Stateless. */
final class HttpJson {

    /** The longest time that the interface takes for a lookup. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private HttpJson() {}

    /** Returns the report of a lookup, which names its holders; commands print how many there are. */
    static ObjectNode lookup(JsonNode answer) {
        JsonNode report = answer.path("lookup");
        return Json.object()
                .put("asked", report.path("asked").asInt())
                .put("answered", report.path("answered").asInt())
                .put("hops", report.path("hops").asInt())
                .put("elapsed_ms", Math.round(report.path("elapsed_ms").asDouble() * 10) / 10.0)
                .put("complete", report.path("complete").asBoolean())
                .put("holders", report.path("holders").size())
                .put("agreeing", report.path("agreeing").asInt())
                .put("surrounded", report.path("surrounded").asBoolean());
    }

    /** Returns the seconds since a record was made, by its {@code timestamp}. */
    static long age(JsonNode record) {
        return Math.max(
                0, Instant.now().getEpochSecond() - record.path("timestamp").asLong());
    }

    /** Returns the parameter of a lookup that has it end with the command; empty text if the command may wait. */
    static String timeout(NetworkOptions network) {
        return network.timeout()
                .left()
                .map(left -> "&timeout_ms=" + Math.min(left.toMillis() + 1, LONGEST.toMillis()))
                .orElse("");
    }
}
