package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.cli.WatchedLine;
import io.a2al.bench.local.CrashReport;
import io.a2al.bench.local.CrashRun;
import io.a2al.bench.local.CrashSettings;
import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench crash}: kills a node under load, and looks whether it has its records afterwards. */
@Command(
        name = "crash",
        description = {
            "Kill a node (SIGKILL) while it stores records, 0.3 to 3 seconds after the load began; start it again; and"
                    + " look whether it serves every record that it acknowledged: more than a second before the kill,"
                    + " or with '--durability strict' at all. And again, with the same directory until it holds 50,000"
                    + " records.",
            "Exit code 0 if nothing was lost, 1 if anything was or the node failed, 130 if the run was stopped"
                    + " (Ctrl-C) before anything was lost."
        },
        footer = {"", "Example:", "  a2al bench crash --times 100 --durability strict"})
final class BenchCrashCommand implements Callable<Integer> {

    private static final int STOPPED = 130;

    /** Keys of lost records that are named. */
    private static final int NAMED = 5;

    /** A record that a restarted node does not serve for so long is lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many kills, each of which takes about three seconds. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Option(
            names = "--durability",
            paramLabel = "WHEN",
            defaultValue = "second",
            description = "When the node has a record on the disk: 'second' or 'strict', as for the command 'node'."
                    + " Default: ${DEFAULT-VALUE}.")
    private String durability = "";

    @Option(
            names = "--load",
            paramLabel = "N",
            defaultValue = "2000",
            description = "New records to store a second, at most 64 at a time. Default: ${DEFAULT-VALUE}.")
    private int load;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats the times from the begin of a load to the kill. Default: a random one.")
    private Optional<Long> seed = Optional.empty();

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        CrashSettings settings = settings();
        Output output = options.output();
        try (StopSignal stop = StopSignal.install()) {
            WatchedLine line = new WatchedLine(output);
            CrashReport report = CrashRun.run(
                    SelfLaunch.storingNode(durability),
                    settings,
                    stop::isRequested,
                    kills -> line.show(kills + " of " + times + " kills"));
            line.clear();
            print(output, report, settings);
            int exitCode = exitCode(report, settings);
            stop.exitWith(exitCode);
            return exitCode;
        }
    }

    private CrashSettings settings() throws CommandException {
        Duration grace = switch (durability) {
            case "second" -> Duration.ofSeconds(1);
            case "strict" -> Duration.ZERO;
            default ->
                throw CommandException.wrongUse(
                        "durability " + durability + " promises nothing to check; use second or strict");
        };
        try {
            return new CrashSettings(
                    times, load, grace, PATIENCE, seed.orElseGet(() -> (long) new SecureRandom().nextInt()));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    static int exitCode(CrashReport report, CrashSettings settings) {
        if (!report.lost().isEmpty()) {
            return ExitCodes.NOT_FOUND;
        }
        return report.kills() < settings.kills() ? STOPPED : ExitCodes.DONE;
    }

    private void print(Output output, CrashReport report, CrashSettings settings) {
        if (output.isJson()) {
            output.json(toJson(report).put("durability", durability).put("seed", settings.seed()));
            return;
        }
        output.line("kills", report.kills() + " within " + seconds(report.elapsed()) + ", seed " + settings.seed());
        output.line("acknowledged", report.acknowledged() + " records");
        output.line("checked", report.checked() + " times that a record is served after a kill");
        output.line("lost", lost(report));
        output.line(
                "slowest restart",
                seconds(report.slowestAnswer()) + " to the first answer, " + seconds(report.slowestRecords())
                        + " to all records");
    }

    static String lost(CrashReport report) {
        List<NodeId> keys = report.lost();
        if (keys.isEmpty()) {
            return "none";
        }
        String named = String.join(
                ", ", keys.stream().limit(NAMED).map(NodeId::toString).toList());
        return keys.size() + " records, confirmed up to " + seconds(report.oldestLost()) + " before a kill: " + named
                + (keys.size() > NAMED ? ", …" : "");
    }

    static ObjectNode toJson(CrashReport report) {
        ObjectNode json = Json.object()
                .put("kills", report.kills())
                .put("acknowledged", report.acknowledged())
                .put("checked", report.checked())
                .put("lost", report.lost().size());
        ArrayNode keys = json.putArray("lost_keys");
        report.lost().stream().limit(NAMED).forEach(key -> keys.add(key.toString()));
        return json.put("oldest_lost_ms", report.oldestLost().toMillis())
                .put("slowest_first_answer_ms", report.slowestAnswer().toMillis())
                .put("slowest_all_records_ms", report.slowestRecords().toMillis())
                .put("elapsed_ms", report.elapsed().toMillis());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", (double) time.toMillis() / TimeUnit.SECONDS.toMillis(1));
    }
}
