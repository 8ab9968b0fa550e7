package io.a2al.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.bench.load.LoadReport;
import io.a2al.bench.local.ScenarioResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Formats the rows of {@code a2al bench local}: as a table, row by row while it runs, and as JSON. */
public final class LocalTable {

    private final Output output;
    private final Map<String, JsonNode> earlier;
    private boolean begun;

    /** Creates a table beside the rows of an earlier run, by their names; there may be none. */
    public LocalTable(Output output, Map<String, JsonNode> earlier) {
        this.output = output;
        this.earlier = earlier;
    }

    public void row(ScenarioResult result) {
        if (!begun) {
            output.line(String.format(
                    Locale.ROOT,
                    "%-20s %10s %10s %6s %9s %8s %8s %8s %8s %6s",
                    "row",
                    "answers/s",
                    "ceiling/s",
                    "share",
                    "cpu share",
                    "p50 ms",
                    "p99 ms",
                    "p99.9 ms",
                    "cpu µs",
                    "lost"));
            begun = true;
        }
        LoadReport report = result.report();
        output.line(String.format(
                Locale.ROOT,
                "%-20s %,10.0f %,10.0f %5.0f%% %8.0f%% %8.2f %8.2f %8.2f %8.1f %,6d",
                result.scenario().name(),
                report.answersPerSecond(),
                result.ceilingPerSecond(),
                100 * result.share(),
                100 * result.cpuShare().orElse(Double.NaN),
                milliseconds(report.p50()),
                milliseconds(report.p99()),
                milliseconds(report.p999()),
                report.serverMicrosPerAnswer().orElse(Double.NaN),
                report.lost()));
        JsonNode before = earlier.get(result.scenario().name());
        if (before != null) {
            output.line(String.format(
                    Locale.ROOT,
                    "%-20s %,10.0f %,10.0f %5.0f%% %8.0f%%",
                    "  earlier",
                    before.path("answers_per_second").asDouble(),
                    before.path("ceiling_per_second").asDouble(),
                    100 * before.path("share").asDouble(),
                    100 * before.path("cpu_share").asDouble()));
        }
    }

    public static ObjectNode toJson(ScenarioResult result) {
        ObjectNode object = Json.object()
                .put("row", result.scenario().name())
                .put("cores", result.scenario().cores())
                .put("provider", result.ceiling().provider())
                .put("sign_us", result.ceiling().signMicros())
                .put("verify_us", result.ceiling().verifyMicros())
                .put("ceiling_per_second", result.ceilingPerSecond())
                .put("share", result.share());
        result.cpuShare().ifPresent(share -> object.put("cpu_share", share));
        object.setAll(LoadReports.toJson(result.report()));
        return object;
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
