package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.bench.load.LoadReport;
import java.time.Duration;
import java.util.Locale;

/** Formats the results of a load run as text and as JSON. Stateless. */
public final class LoadReports {

    private LoadReports() {}

    static void print(Output output, LoadReport report) {
        output.line(
                report.settings().mode().toString(),
                String.format(
                        Locale.ROOT,
                        "%,.0f answers/s over %.1f s",
                        report.answersPerSecond(),
                        seconds(report.elapsed())));
        output.line(
                "latency",
                String.format(
                        Locale.ROOT,
                        "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
                        milliseconds(report.p50()),
                        milliseconds(report.p90()),
                        milliseconds(report.p99()),
                        milliseconds(report.p999())));
        output.line(
                "answers",
                String.format(Locale.ROOT, "%,d of %.0f bytes on average", report.answered(), report.averageReply()));
        output.line("lost", String.format(Locale.ROOT, "%,d, wrong %,d", report.lost(), report.wrong()));
        output.line("verified", String.format(Locale.ROOT, "%,d, invalid %,d", report.checked(), report.invalid()));
        report.serverMicrosPerAnswer()
                .ifPresent(micros ->
                        output.line("node's processor time", String.format(Locale.ROOT, "%.1f µs per answer", micros)));
        report.serverShare()
                .ifPresent(share ->
                        output.line("node's share", String.format(Locale.ROOT, "%.0f %% of a core", share * 100)));
        report.clientShare()
                .ifPresent(share ->
                        output.line("our share", String.format(Locale.ROOT, "%.0f %% of a core", share * 100)));
    }

    public static ObjectNode toJson(LoadReport report) {
        ObjectNode object = Json.object()
                .put("mode", report.settings().mode().toString())
                .put("topic_records", report.settings().topicRecords())
                .put("identities", report.settings().identities())
                .put("window", report.settings().window())
                .put("proven", report.settings().proven())
                .put("seconds", seconds(report.elapsed()))
                .put("answers_per_second", report.answersPerSecond())
                .put("answered", report.answered())
                .put("lost", report.lost())
                .put("wrong", report.wrong())
                .put("checked", report.checked())
                .put("invalid", report.invalid())
                .put("average_reply_bytes", report.averageReply())
                .put("p50_ms", milliseconds(report.p50()))
                .put("p90_ms", milliseconds(report.p90()))
                .put("p99_ms", milliseconds(report.p99()))
                .put("p999_ms", milliseconds(report.p999()));
        report.serverMicrosPerAnswer().ifPresent(micros -> object.put("server_cpu_us_per_answer", micros));
        report.serverShare().ifPresent(share -> object.put("server_cpu_share", share));
        report.clientShare().ifPresent(share -> object.put("client_cpu_share", share));
        return object;
    }

    /** To the microsecond. */
    private static double milliseconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
