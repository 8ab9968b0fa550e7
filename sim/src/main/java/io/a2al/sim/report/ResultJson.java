package io.a2al.sim.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.sim.result.HostSummary;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.Locale;

/**
 * Formats a result as one JSON object, which docs/simulator.md describes. Names may be added; a name never changes its
 * meaning unless {@link #FORMAT} changes.
 */
public final class ResultJson {

    /** Version of the format, in the field {@code format}. */
    public static final int FORMAT = 1;

    private static final double MILLIS_DECIMALS = 10;
    private static final double SHARE_DECIMALS = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private ResultJson() {}

    /** Returns the whole result, except individual lookups. */
    public static ObjectNode of(SimulationResult result) {
        ObjectNode json =
                object().put("format", FORMAT).put("command", result.run().command());
        ObjectNode options = json.putObject("options");
        result.run().options().forEach(options::put);
        json.put("hash", result.hash())
                .put("good", result.isGood())
                .put("stopped", result.isStopped())
                .put("events", result.events())
                .put("virtual_seconds", seconds(result.virtualTime()))
                .put("wall_seconds", seconds(result.effort().wallTime()))
                .put("heap_bytes", result.effort().heapBytes());
        ArrayNode phases = json.putArray("phases");
        result.trace()
                .phases()
                .forEach(phase ->
                        phases.addObject().put("name", phase.name()).put("begin_seconds", seconds(phase.begin())));
        json.set("lookups", of(result.lookups()));
        result.trend().ifPresent(trend -> {
            json.set("first_lookups", of(trend.first()));
            json.set("last_lookups", of(trend.last()));
        });
        result.crowds()
                .ifPresent(crowds -> json.putObject("crowds")
                        .put("discovers", crowds.discovers())
                        .put("members_expected", crowds.members().expected())
                        .put("members_found", crowds.members().found())
                        .put("heard_expected", crowds.heard().expected())
                        .put("heard", crowds.heard().found())
                        .put("notes", crowds.notes().expected())
                        .put("notes_read", crowds.notes().found()));
        result.settled()
                .ifPresent(settled -> json.putObject("settled")
                        .put("count", settled.lookups())
                        .put("right_share", share(settled.rightShare())));
        json.putObject("publishes")
                .put("records", result.publishes().records())
                .put("renewals", result.publishes().renewals())
                .put("complete", result.publishes().complete())
                .put("rounds", result.publishes().rounds());
        result.host().ifPresent(host -> json.set("host", of(host)));
        json.set("traffic", of(result.traffic()));
        ArrayNode series = json.putArray("series");
        result.series().forEach(point -> series.add(of(point)));
        result.violation().ifPresent(violation -> json.set("violation", of(violation)));
        return json;
    }

    private static ObjectNode of(HostSummary host) {
        ObjectNode json = object().put("publications", host.publications());
        json.set("first", of(host.first()));
        json.set("later", of(host.later()));
        json.putObject("replicas")
                .put("sampled", host.replicas().sampled())
                .put("mean", share(host.replicas().mean()))
                .put("fewest", host.replicas().fewest())
                .put("lost", host.replicas().lost());
        return json;
    }

    private static ObjectNode of(HostSummary.Span span) {
        return object().put("minutes", span.minutes())
                .put("renewals", span.renewals())
                .put("store_datagrams", span.stores())
                .put("other_datagrams", span.others())
                .put("peak_stores", span.peak());
    }

    private static ObjectNode of(LookupSummary lookups) {
        ObjectNode json = object().put("count", lookups.lookups()).put("right_share", share(lookups.rightShare()));
        lookups.verdicts().forEach((verdict, count) -> json.put(name(verdict), count));
        json.putObject("latency_ms")
                .put("p50", milliseconds(lookups.latency().p50()))
                .put("p90", milliseconds(lookups.latency().p90()))
                .put("p95", milliseconds(lookups.latency().p95()))
                .put("p99", milliseconds(lookups.latency().p99()))
                .put("max", milliseconds(lookups.latency().max()));
        ArrayNode quantiles = json.putArray("latency_quantiles_ms");
        lookups.quantiles().forEach(quantile -> quantiles.add(milliseconds(quantile)));
        ArrayNode hops = json.putArray("hops");
        lookups.hops().forEach(hops::add);
        return json.put("mean_asked", share(lookups.meanAsked())).put("surrounded", lookups.surrounded());
    }

    private static ObjectNode of(TimePoint point) {
        ObjectNode json = object().put("at_seconds", seconds(point.at()))
                .put("living", point.living())
                .put("lookups", point.lookups().lookups())
                .put("right", point.lookups().count(Verdict.RIGHT))
                .put("latency_p50_ms", milliseconds(point.lookups().latency().p50()))
                .put("latency_p95_ms", milliseconds(point.lookups().latency().p95()))
                .put("mean_asked", share(point.lookups().meanAsked()));
        json.putObject("tables")
                .put("nodes", point.tables().nodes())
                .put("mean_contacts", share(point.tables().meanContacts()))
                .put("dead_share", share(point.tables().deadShare()))
                .put("hostile_share", share(point.tables().hostileShare()));
        json.putObject("replicas")
                .put("records", point.replicas().records())
                .put("mean", share(point.replicas().mean()))
                .put("fewest", point.replicas().fewest());
        json.set("traffic", of(point.traffic()));
        return json;
    }

    private static ObjectNode of(Traffic traffic) {
        ObjectNode json = object().put("messages", traffic.messages())
                .put("bytes", traffic.bytes())
                .put("lost", traffic.lost())
                .put("dropped", traffic.dropped());
        ArrayNode types = json.putArray("types");
        traffic.types()
                .forEach(count -> types.addObject()
                        .put("type", count.type())
                        .put("messages", count.messages())
                        .put("bytes", count.bytes()));
        return json;
    }

    /** Returns a violation. */
    public static ObjectNode of(Violation violation) {
        ObjectNode json = object().put("check", violation.check())
                .put("at_seconds", seconds(violation.at()))
                .put("message", violation.message());
        ArrayNode participants = json.putArray("participants");
        violation.participants().forEach(participants::add);
        ArrayNode nodes = json.putArray("nodes");
        violation.nodes().forEach(nodes::add);
        ArrayNode events = json.putArray("events");
        violation.events().forEach(events::add);
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static double milliseconds(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MILLI * MILLIS_DECIMALS) / MILLIS_DECIMALS;
    }

    private static double share(double number) {
        return Math.round(number * SHARE_DECIMALS) / SHARE_DECIMALS;
    }
}
