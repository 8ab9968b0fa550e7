package io.a2al.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.local.LocalRun;
import io.a2al.bench.local.Scenario;
import io.a2al.bench.local.ScenarioResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench local}: measures nodes of this program beside what signatures alone would allow. */
@Command(
        name = "local",
        description = {
            "Start a node in a process of its own, on one core where the system allows, and put every kind of load on"
                    + " it.",
            "Each row is also given as a share of what signatures alone would allow, which does not depend on the"
                    + " machine."
        },
        footer = {
            "",
            "ceiling: 1 / (verify + sign) per second and core, for a STORE 1 / (2 verify + sign), measured before and"
                    + " after each row. share: answers beside the ceiling. cpu share: processor time of the signatures"
                    + " beside that of the node, which other programs on the machine disturb less.",
            "",
            "Examples:",
            "  a2al bench local --json > before.json",
            "  a2al bench local --compare before.json --max-loss 15",
            "  a2al bench local --only find_node --jvm -XX:StartFlightRecording=filename=find_node.jfr"
        })
final class BenchLocalCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 600;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long each row is measured. Default: ${DEFAULT-VALUE}.")
    private int duration;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "25",
            description = "How long a node is put under load before, so that its code is compiled."
                    + " Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--only",
            paramLabel = "ROW",
            split = "[,\n]",
            hideParamSyntax = true,
            description = "Measure just these rows, for example ping,find_node.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Show the rows of an earlier run beside those of this one; a file that --json made.")
    private @Nullable Path earlier;

    @Option(
            names = "--max-loss",
            paramLabel = "PERCENT",
            description =
                    "With --compare: end with exit code 1 if a row has lost more than this of its cpu share, or of"
                            + " its share where the processor time is not known.")
    private @Nullable Integer maxLoss;

    @Option(
            names = "--jvm",
            paramLabel = "FLAG",
            split = "\n",
            hideParamSyntax = true,
            description = "A further flag for the node's JVM. Can be given repeatedly.")
    private List<String> jvmFlags = new ArrayList<>();

    private int measured;

    @Override
    public Integer call() throws CommandException, IOException {
        check("seconds", duration, 1);
        check("seconds of warm-up", warmup, 0);
        List<Scenario> scenarios = scenarios();
        Output output = options.output();
        Map<String, JsonNode> before = earlier == null ? Map.of() : readRows(earlier);
        Losses losses = losses(before);
        LocalTable table = new LocalTable(output, before);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        if (!LocalRun.canPin()) {
            output.warn("this system does not say how to keep a process on one core; shares are beside one core all the"
                    + " same");
        }
        Consumer<ScenarioResult> listener =
                output.isJson() ? result -> rows.add(LocalTable.toJson(result)) : table::row;
        try (Waiting waiting = options.waiting("measuring 1 of " + scenarios.size() + " rows")) {
            LocalRun.run(
                    SelfLaunch.node(jvmFlags),
                    scenarios,
                    Duration.ofSeconds(duration),
                    Duration.ofSeconds(warmup),
                    listener.andThen(losses::add)
                            .andThen(_ -> waiting.say("measuring " + Math.min(++measured + 1, scenarios.size()) + " of "
                                    + scenarios.size() + " rows")));
        }
        if (output.isJson()) {
            output.json(Json.object().set("rows", rows));
        }
        losses.check();
        return 0;
    }

    private Losses losses(Map<String, JsonNode> before) throws CommandException {
        if (maxLoss == null) {
            return new Losses(Map.of(), 0);
        }
        if (earlier == null) {
            throw CommandException.wrongUse("--max-loss " + maxLoss + " needs --compare FILE, with the earlier run");
        }
        if (maxLoss < 0 || maxLoss > 100) {
            throw CommandException.wrongUse(maxLoss + " percent of loss; give 0 to 100");
        }
        return new Losses(before, maxLoss);
    }

    private static void check(String what, int value, int min) throws CommandException {
        if (value < min || value > MAX_SECONDS) {
            throw CommandException.wrongUse(value + " " + what + "; give " + min + " to " + MAX_SECONDS);
        }
    }

    private List<Scenario> scenarios() throws CommandException {
        List<String> names = Scenario.ALL.stream().map(Scenario::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw CommandException.wrongUse("no such row: \"" + name + "\"; choose among " + names);
            }
        }
        return Scenario.ALL.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
    }

    private static Map<String, JsonNode> readRows(Path file) throws CommandException {
        try {
            Map<String, JsonNode> rows = new HashMap<>();
            for (JsonNode row : new ObjectMapper().readTree(file.toFile()).path("rows")) {
                rows.put(row.path("row").asText(), row);
            }
            if (!rows.isEmpty()) {
                return rows;
            }
        } catch (IOException unreadable) {
            // Falls through to the message that names the file.
        }
        throw CommandException.wrongUse("no rows in \"" + file + "\"; give a file that a2al bench local --json made");
    }
}
