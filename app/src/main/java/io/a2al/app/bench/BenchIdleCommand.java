package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.local.IdleReport;
import io.a2al.bench.local.IdleRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench idle}: measures what an idle node takes. */
@Command(
        name = "idle",
        description = {
            "Measure what an idle node takes: a node in a process of its own, and others" + " that joined through it.",
            "The time is real: watching it for a minute takes a minute."
        },
        footer = {"", "Example:", "  a2al bench idle --duration 300"})
final class BenchIdleCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_OTHERS = 200;
    private static final double MEBI = 1 << 20;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to watch the node. Default: ${DEFAULT-VALUE}.")
    private int duration;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Wait before that, until the nodes have joined and are quiet. Default: ${DEFAULT-VALUE}.")
    private int settle;

    @Option(
            names = "--others",
            paramLabel = "N",
            defaultValue = "8",
            description = "Number of other nodes. Default: ${DEFAULT-VALUE}.")
    private int others;

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        check("seconds", duration, 1, MAX_SECONDS);
        check("seconds to settle", settle, 0, MAX_SECONDS);
        check("other nodes", others, 1, MAX_OTHERS);
        IdleReport report;
        try (Waiting _ = options.waiting("watching an idle node for " + Texts.seconds((long) settle + duration))) {
            report = IdleRun.run(
                    SelfLaunch.node(List.of()), others, Duration.ofSeconds(settle), Duration.ofSeconds(duration));
        }
        Output output = options.output();
        if (output.isJson()) {
            ObjectNode json = Json.object().put("seconds", duration).put("others", others);
            report.coreShare().ifPresent(share -> json.put("core_share", share));
            report.heap().ifPresent(bytes -> json.put("heap_bytes", bytes));
            report.resident().ifPresent(bytes -> json.put("resident_bytes", bytes));
            output.json(json);
        } else {
            output.line(
                    "share of a core",
                    report.coreShare()
                            .map(share -> String.format(Locale.ROOT, "%.2f %% over %d s", share * 100, duration))
                            .orElse("unknown"));
            output.line("heap", report.heap().map(BenchIdleCommand::mebibytes).orElse("unknown"));
            output.line(
                    "whole process",
                    report.resident().map(BenchIdleCommand::mebibytes).orElse("unknown"));
        }
        return 0;
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI);
    }

    private static void check(String what, int value, int min, int max) throws CommandException {
        if (value < min || value > max) {
            throw CommandException.wrongUse(value + " " + what + "; give " + min + " to " + max);
        }
    }
}
