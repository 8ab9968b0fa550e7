package io.a2al.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed beside a node, and what is written about its metrics, agrees with what it shows. */
@Timeout(60)
class DeployedNamesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("\\b(?:a2al|jvm|process|system)_[a-z0-9_]+\\b");
    private static final Pattern SELECTOR = Pattern.compile("(\\b[a-z0-9_]+)\\{([^}]*)\\}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)=~?\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    /** Labels that Prometheus adds. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    private static List<String> samples;
    private static List<Metric> metrics;

    @BeforeAll
    static void readAPage() throws IOException {
        try (DhtNode node = DhtNode.builder()
                        .identity(Identity.ofSeed(new byte[32]))
                        .transport(new MemoryNetwork().newTransport())
                        .build()
                        .start();
                MetricsPage page = new MetricsPage(node, "1.2.3")) {
            // The JVM tells of a pause after it, on a thread of its own.
            System.gc();
            do {
                samples = page.read("")
                        .body()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
            } while (samples.stream().noneMatch(line -> line.startsWith("jvm_gc_pause_seconds_sum")));
            metrics = MetricTable.of(node.statistics().occupancies().keySet());
        }
    }

    private static String read(String file) throws IOException {
        // In JSON, quotes within a text are escaped.
        return Files.readString(ROOT.resolve(file)).replace("\\\"", "\"");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/grafana/a2al.json", "deploy/prometheus/alerts.yml"})
    void everyNameAndLabelThatIsAskedForIsOnThePage(String file) throws IOException {
        String text = read(file);
        Set<String> names = samples.stream().map(line -> line.split("[{ ]")[0]).collect(Collectors.toSet());
        assertThat(matches(NAME, text).map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names).contains(name));

        List<String> missing = new ArrayList<>();
        Set<String> labels = new TreeSet<>(Set.of("job", "instance"));
        matches(SELECTOR, samples.stream().collect(Collectors.joining("\n")))
                .flatMap(sample -> matches(MATCHER, sample.group(2)))
                .forEach(label -> labels.add(label.group(1)));
        matches(SELECTOR, text)
                .filter(selector -> names.contains(selector.group(1)))
                .forEach(selector -> matches(MATCHER, selector.group(2))
                        .filter(wanted -> !ADDED.contains(wanted.group(1)))
                        .forEach(wanted -> Stream.of(wanted.group(2).split("\\|"))
                                .filter(value -> samples.stream()
                                        .noneMatch(line -> line.startsWith(selector.group(1) + "{")
                                                && line.contains(wanted.group(1) + "=\"" + value + "\"")))
                                .forEach(value ->
                                        missing.add(selector.group(1) + " with " + wanted.group(1) + " " + value))));
        matches(GROUPING, text)
                .flatMap(grouping -> Stream.of(grouping.group(1).split(", *")))
                .filter(label -> !labels.contains(label))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void theDashboardShowsWhatTheJvmDoes() throws IOException {
        assertThat(matches(NAME, read("deploy/grafana/a2al.json")).map(MatchResult::group))
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_gc_memory_allocated_bytes_total",
                        "jvm_gc_pause_seconds_sum",
                        "jvm_gc_pause_seconds_max",
                        "jvm_threads_live_threads",
                        "jvm_threads_states_threads");
    }

    @Test
    void everyAlertHasItsRunbook() throws IOException {
        String operations = Files.readString(ROOT.resolve("docs/operations.md"));
        String rules = read("deploy/prometheus/alerts.yml");
        List<String> alerts = matches(Pattern.compile("- alert: (\\w+)"), rules)
                .map(alert -> alert.group(1))
                .toList();
        List<String> runbooks = matches(Pattern.compile("runbook: docs/operations.md#(\\w+)"), rules)
                .map(runbook -> runbook.group(1))
                .toList();
        assertThat(alerts).hasSizeGreaterThan(9).doesNotHaveDuplicates();
        assertThat(runbooks)
                .isEqualTo(alerts.stream()
                        .map(alert -> alert.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(matches(Pattern.compile("(?m)^### (A2al\\w+)$"), operations).map(heading -> heading.group(1)))
                .containsExactlyElementsOf(alerts);
    }

    /** To mend it, copy the rows that the test expects. */
    @Test
    void theReferenceHasEveryMetricWithItsLabelsAndMeaning() throws IOException {
        List<String> expected = metrics.stream().map(DeployedNamesTest::row).toList();
        assertThat(Files.readString(ROOT.resolve("docs/metrics.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `a2al_")))
                .containsExactlyElementsOf(expected);
    }

    private static String row(Metric metric) {
        String labels = metric.series().getFirst().labels().keySet().stream()
                .map(label -> "`" + label + "`" + values(metric, label))
                .collect(Collectors.joining("; "));
        String kind = metric.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return "| `" + metric.prometheusName() + "` | " + kind + (labels.isEmpty() ? " | |" : " | " + labels + " |")
                + " " + metric.help() + " |";
    }

    /** The values of a label, unless they are the parts of a node, which the debug page lists. */
    private static String values(Metric metric, String label) {
        return label.equals("part")
                ? ""
                : metric.series().stream()
                        .map(series -> series.labels().get(label))
                        .distinct()
                        .collect(Collectors.joining(", ", ": ", ""));
    }
}
