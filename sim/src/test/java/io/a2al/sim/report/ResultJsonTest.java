package io.a2al.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.sim.result.LookupSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void namesAreStable() {
        JsonNode json = ResultJson.of(Results.bad("x"));
        assertThat(names(json))
                .containsExactly(
                        "format",
                        "command",
                        "options",
                        "hash",
                        "good",
                        "stopped",
                        "events",
                        "virtual_seconds",
                        "wall_seconds",
                        "heap_bytes",
                        "phases",
                        "lookups",
                        "first_lookups",
                        "last_lookups",
                        "publishes",
                        "traffic",
                        "series",
                        "violation");
        assertThat(names(json.get("lookups")))
                .containsExactly(
                        "count",
                        "right_share",
                        "right",
                        "stale",
                        "missing",
                        "forged",
                        "latency_ms",
                        "latency_quantiles_ms",
                        "hops",
                        "mean_asked",
                        "surrounded");
        assertThat(names(json.get("first_lookups"))).isEqualTo(names(json.get("lookups")));
        assertThat(names(json.at("/lookups/latency_ms"))).containsExactly("p50", "p90", "p95", "p99", "max");
        assertThat(names(json.get("publishes"))).containsExactly("records", "renewals", "complete", "rounds");
        assertThat(names(json.get("traffic"))).containsExactly("messages", "bytes", "lost", "dropped", "types");
        assertThat(names(json.at("/traffic/types/0"))).containsExactly("type", "messages", "bytes");
        assertThat(names(json.at("/series/0")))
                .containsExactly(
                        "at_seconds",
                        "living",
                        "lookups",
                        "right",
                        "latency_p50_ms",
                        "latency_p95_ms",
                        "mean_asked",
                        "tables",
                        "replicas",
                        "traffic");
        assertThat(names(json.at("/series/0/tables")))
                .containsExactly("nodes", "mean_contacts", "dead_share", "hostile_share");
        assertThat(names(json.at("/series/0/replicas"))).containsExactly("records", "mean", "fewest");
        assertThat(names(json.get("violation")))
                .containsExactly("check", "at_seconds", "message", "participants", "nodes", "events");
        assertThat(json.get("format").asInt()).isEqualTo(1);
    }

    @Test
    void valuesAreInTheUnitsOfTheirNames() {
        JsonNode json = ResultJson.of(Results.good());
        assertThat(json.has("violation")).isFalse();
        assertThat(json.get("good").asBoolean()).isTrue();
        assertThat(json.get("virtual_seconds").asDouble()).isEqualTo(60);
        assertThat(json.get("wall_seconds").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/options/seed").asText()).isEqualTo("7");
        assertThat(json.at("/lookups/right_share").asDouble()).isEqualTo(0.9975);
        assertThat(json.at("/lookups/latency_ms/max").asDouble()).isEqualTo(399);
        assertThat(json.at("/lookups/hops")).hasSize(3);
        assertThat(json.get("stopped").asBoolean()).isFalse();
        assertThat(json.at("/first_lookups/count").asInt()).isEqualTo(400);
        assertThat(json.at("/last_lookups/count").asInt()).isZero();
        assertThat(json.at("/series/0/right").asInt()).isEqualTo(399);
        assertThat(json.at("/series/0/latency_p50_ms").asDouble()).isEqualTo(200);
        assertThat(json.at("/series/0/latency_p95_ms").asDouble()).isEqualTo(380);
        assertThat(json.at("/series/0/mean_asked").asDouble()).isEqualTo(4);
        assertThat(json.at("/series/0/tables/dead_share").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/traffic/bytes").asInt()).isEqualTo(124_900);
    }

    @Test
    void aStoppedRunSaysSo() {
        assertThat(ResultJson.of(Results.stopped()).get("stopped").asBoolean()).isTrue();
    }

    @Test
    void quantilesGoFromTheShortestToTheLongestRightLookup() {
        List<Double> quantiles = new ArrayList<>();
        ResultJson.of(Results.good())
                .at("/lookups/latency_quantiles_ms")
                .forEach(quantile -> quantiles.add(quantile.asDouble()));
        assertThat(quantiles).hasSize(LookupSummary.QUANTILES + 1).isSorted();
        assertThat(quantiles.getFirst()).isEqualTo(1);
        assertThat(quantiles.get(LookupSummary.QUANTILES / 2)).isEqualTo(200);
        assertThat(quantiles.getLast()).isEqualTo(399);
    }
}
