package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.local.Launch;
import io.a2al.bench.local.StartRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench start}: measures how long a node takes to start. */
@Command(
        name = "start",
        description = {
            "Measure the time from before the start of a node's process to its first answer to a PING: cold, and with"
                    + " the ahead-of-time cache if this program runs with one."
        },
        footer = {"", "Example:", "  a2al bench start --times 11"})
final class BenchStartCommand implements Callable<Integer> {

    private static final int MAX_TIMES = 1000;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many starts of each kind. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Override
    public Integer call() throws CommandException, IOException {
        if (times < 1 || times > MAX_TIMES) {
            throw CommandException.wrongUse(times + " starts; give 1 to " + MAX_TIMES);
        }
        Output output = options.output();
        ObjectNode json = Json.object();
        report(output, json, "cold", run(SelfLaunch.coldNode()));
        if (SelfLaunch.hasCache()) {
            report(output, json, "cached", run(SelfLaunch.node(List.of())));
        }
        if (output.isJson()) {
            output.json(json);
        }
        return 0;
    }

    private List<StartRun.Start> run(Launch launch) throws IOException {
        try (Waiting _ = options.waiting("starting a node " + times + " times")) {
            return StartRun.run(launch, times);
        }
    }

    private static void report(Output output, ObjectNode json, String kind, List<StartRun.Start> starts) {
        long median = starts.get(starts.size() / 2).elapsed().toMillis();
        long min = starts.getFirst().elapsed().toMillis();
        long max = starts.getLast().elapsed().toMillis();
        Optional<Long> cpu = medianCpu(starts);
        if (output.isJson()) {
            json.put(kind + "_median_ms", median).put(kind + "_min_ms", min).put(kind + "_max_ms", max);
            cpu.ifPresent(millis -> json.put(kind + "_cpu_ms", millis));
        } else {
            output.line(
                    kind,
                    String.format(
                            Locale.ROOT,
                            "%d ms (median; %d to %d)%s",
                            median,
                            min,
                            max,
                            cpu.map(millis -> ", processor time " + millis + " ms")
                                    .orElse("")));
        }
    }

    private static Optional<Long> medianCpu(List<StartRun.Start> starts) {
        List<Long> millis = starts.stream()
                .flatMap(start -> start.cpu().stream())
                .map(Duration::toMillis)
                .sorted()
                .toList();
        return millis.isEmpty() ? Optional.empty() : Optional.of(millis.get(millis.size() / 2));
    }
}
