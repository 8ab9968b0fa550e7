package io.a2al.sim.report;

import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats a result as an HTML page with charts. The page is self-contained: it loads nothing and runs only its own
 * scripts. Equal results give equal pages. All values are escaped, since options and messages may contain markup.
 */
public final class HtmlReport {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private static final String NOTHING = "–";
    private static final double PERCENT = 100;
    private static final double KIBI = 1 << 10;
    private static final double MEBI = 1 << 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_MINUTE = 60;

    /** Options that say nothing where there are no attackers. */
    private static final String ATTACK = "attack";

    private final SimulationResult result;
    private final Origin origin;

    /**
     * Where a page comes from.
     *
     * @param version the version of the program that ran the simulation
     * @param day when it did, in UTC
     */
    public record Origin(String version, LocalDate day) {}

    private HtmlReport(SimulationResult result, Origin origin) {
        this.result = result;
        this.origin = origin;
    }

    /**
     * Writes the page to a file, which is replaced if it exists.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(SimulationResult result, Origin origin, Path file) throws IOException {
        Files.writeString(file, render(result, origin));
    }

    /** Returns the page. */
    public static String render(SimulationResult result, Origin origin) {
        return new HtmlReport(result, origin).page();
    }

    private String page() {
        PageScripts scripts = PageScripts.load();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("policy", scripts.policy());
        parts.put("style", scripts.style());
        parts.put("guard-script", scripts.guard());
        parts.put("chart-script", scripts.charts());
        parts.put("page-script", scripts.page());
        parts.put("title", Html.escape(profile() + ", seed " + option("seed")));
        parts.put("verdict", verdict());
        parts.put("command", Html.escape(result.run().command()));
        parts.put("origin", Html.escape("a2al " + origin.version() + ", " + origin.day()));
        parts.put("tiles", tiles());
        parts.put("violation", result.violation().map(HtmlReport::violation).orElse(""));
        parts.put("facts", facts());
        parts.put("options", options());
        parts.put("data", Html.json(ResultJson.of(result).toString()));
        return fill(Resources.text("report.html"), parts);
    }

    /** Replaces the placeholders in one pass, so that placeholders in inserted text are not replaced. */
    private static String fill(String template, Map<String, String> parts) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(parts.getOrDefault(match.group(1), "")));
    }

    private String profile() {
        return option("profile");
    }

    private String option(String key) {
        return result.run().options().getOrDefault(key, "?");
    }

    // ---- parts ------------------------------------------------------------------------------------------------

    private String verdict() {
        return result.violation()
                .map(violation -> "<p class=\"verdict bad\">Check " + Html.escape(violation.check()) + " failed after "
                        + span(violation.at()) + "</p>")
                .orElse(
                        result.isStopped()
                                ? "<p class=\"verdict\">Stopped after " + span(result.virtualTime())
                                        + "; all checks had held</p>"
                                : "<p class=\"verdict good\">All checks held</p>");
    }

    private String tiles() {
        LookupSummary lookups = result.lookups();
        StringBuilder html = new StringBuilder();
        boolean any = lookups.lookups() > 0;
        tile(html, any ? percent(lookups.rightShare()) : NOTHING, "right lookups");
        tile(html, any ? milliseconds(lookups.latency().p50()) : NOTHING, "median latency");
        tile(html, any ? milliseconds(lookups.latency().p95()) : NOTHING, "latency, 95th percentile");
        tile(html, any ? whole(lookups.hopsPercentile(0.9)) : NOTHING, "hops to the answer, 90th percentile");
        tile(html, decimal(perNodeMinute(result.traffic().messages())), "messages per node and minute");
        tile(html, decimal(perNodeMinute(result.traffic().bytes()) / KIBI) + " KiB", "bytes sent per node and minute");
        return html.toString();
    }

    /** Returns a count of the whole run divided by the time that all nodes together were up, in minutes. */
    private double perNodeMinute(long count) {
        double nodeSeconds = 0;
        Duration before = Duration.ZERO;
        for (var point : result.series()) {
            nodeSeconds += point.living() * (point.at().minus(before).toNanos() / NANOS_PER_SECOND);
            before = point.at();
        }
        return nodeSeconds == 0 ? 0 : count * SECONDS_PER_MINUTE / nodeSeconds;
    }

    private static void tile(StringBuilder html, String value, String label) {
        html.append("<div class=\"tile\"><dt>")
                .append(Html.escape(label))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>\n");
    }

    private static String violation(Violation violation) {
        StringBuilder html = new StringBuilder("<section class=\"violation\" aria-labelledby=\"violation-title\">\n")
                .append("<h2 id=\"violation-title\">Check ")
                .append(Html.escape(violation.check()))
                .append(" failed</h2>\n<p>")
                .append(Html.escape(violation.message()))
                .append("</p>\n<p>After ")
                .append(span(violation.at()))
                .append(violation.nodes().isEmpty() ? "." : "; participants involved:")
                .append("</p>\n<ul>\n");
        violation
                .nodes()
                .forEach(node -> html.append("<li>").append(Html.escape(node)).append("</li>\n"));
        html.append("</ul>\n<p>The latest events of these participants, oldest first:</p>\n<pre tabindex=\"0\">");
        violation.events().forEach(event -> html.append(Html.escape(event)).append('\n'));
        return html.append("</pre>\n</section>").toString();
    }

    private String facts() {
        LookupSummary lookups = result.lookups();
        StringBuilder html = new StringBuilder();
        row(html, "trace hash", result.hash());
        row(html, "virtual time", span(result.virtualTime()));
        row(html, "real time", decimal(result.effort().wallTime().toNanos() / NANOS_PER_SECOND) + " s");
        row(html, "events", whole(result.events()));
        row(html, "heap in use at the end", decimal(result.effort().heapBytes() / MEBI) + " MiB");
        row(html, "lookups", whole(lookups.lookups()));
        for (Verdict verdict : Verdict.values()) {
            row(html, "of these, " + verdict.name().toLowerCase(Locale.ROOT), whole(lookups.count(verdict)));
        }
        result.settled().ifPresent(settled -> {
            row(html, "lookups after settling", whole(settled.lookups()));
            row(html, "of these, right", percent(settled.rightShare()));
        });
        row(html, "latency, 90th percentile", milliseconds(lookups.latency().p90()));
        row(html, "latency, 99th percentile", milliseconds(lookups.latency().p99()));
        row(html, "maximum latency", milliseconds(lookups.latency().max()));
        row(html, "nodes asked per lookup", decimal(lookups.meanAsked()));
        result.trend().ifPresent(trend -> {
            row(html, "first five minutes of lookups", trend(trend.first()));
            row(html, "last five minutes of lookups", trend(trend.last()));
        });
        row(html, "records published", whole(result.publishes().records()));
        row(html, "records renewed", whole(result.publishes().renewals()));
        row(
                html,
                "complete rounds of storing",
                whole(result.publishes().complete()) + " of "
                        + whole(result.publishes().rounds()));
        row(html, "datagrams", whole(result.traffic().messages()));
        row(html, "bytes of datagrams", decimal(result.traffic().bytes() / MEBI) + " MiB");
        row(html, "datagrams lost", whole(result.traffic().lost()));
        row(html, "datagrams dropped by nodes", whole(result.traffic().dropped()));
        return html.toString();
    }

    private static String trend(LookupSummary lookups) {
        return lookups.lookups() == 0
                ? NOTHING
                : "median " + milliseconds(lookups.latency().p50()) + ", 95th percentile "
                        + milliseconds(lookups.latency().p95()) + ", " + decimal(lookups.meanAsked()) + " nodes asked";
    }

    private String options() {
        StringBuilder html = new StringBuilder();
        boolean attacked = Double.parseDouble(result.run().options().getOrDefault("attackers", "0")) > 0;
        result.run().options().forEach((key, value) -> {
            if (attacked || !key.startsWith(ATTACK)) {
                row(html, "--" + key, value);
            }
        });
        return html.toString();
    }

    private static void row(StringBuilder html, String label, String value) {
        html.append("<tr><th scope=\"row\">")
                .append(Html.escape(label))
                .append("</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n");
    }

    // ---- numbers ----------------------------------------------------------------------------------------------

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f %%", share * PERCENT);
    }

    private static String milliseconds(Duration duration) {
        return whole(Math.round(duration.toNanos() / NANOS_PER_MILLI)) + " ms";
    }

    /** Formats a duration, such as {@code 1 h 2 min 3.5 s}. */
    private static String span(Duration duration) {
        StringBuilder text = new StringBuilder();
        text.append(duration.toDays() > 0 ? duration.toDays() + " d " : "");
        text.append(duration.toHours() > 0 ? duration.toHoursPart() + " h " : "");
        text.append(duration.toMinutes() > 0 ? duration.toMinutesPart() + " min " : "");
        return text.append(decimal(duration.toSecondsPart() + duration.toNanosPart() / NANOS_PER_SECOND))
                .append(" s")
                .toString();
    }
}
