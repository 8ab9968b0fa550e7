package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.WatchedLine;
import io.a2al.bench.local.Launch;
import io.a2al.bench.local.RestartRun;
import io.a2al.bench.local.RestartRun.Restart;
import io.a2al.core.store.StoreLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench restart}: measures how soon a node serves the records that it has on disk. */
@Command(
        name = "restart",
        description = {
            "Fill a directory with records, start a node with it, and measure how long after its first answer to a"
                    + " PING it serves the record that was stored last, and 1,000 records at random keys that are asked"
                    + " for at once. It is killed then, and started again."
        },
        footer = {"", "Example:", "  a2al bench restart --records 100000 --times 5"})
final class BenchRestartCommand implements Callable<Integer> {

    private static final int MAX_RECORDS = 2_000_000;
    private static final int MAX_TIMES = 1000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many records the directory has. More than a node keeps by default are given to a node"
                    + " with room for them. Default: ${DEFAULT-VALUE}.")
    private int records;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many restarts. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        if (records < 1 || records > MAX_RECORDS) {
            throw CommandException.wrongUse(records + " records; give 1 to " + MAX_RECORDS);
        }
        if (times < 1 || times > MAX_TIMES) {
            throw CommandException.wrongUse(times + " restarts; give 1 to " + MAX_TIMES);
        }
        Output output = common.output();
        Launch launch =
                records <= StoreLimits.DEFAULT.maxKeys() ? SelfLaunch.node(List.of()) : SelfLaunch.roomyNode(records);
        WatchedLine line = new WatchedLine(output);
        List<Restart> restarts =
                RestartRun.run(launch, records, times, written -> line.show(written + " of " + records + " records"));
        line.clear();
        if (output.isJson()) {
            output.json(toJson(restarts).put("records", records));
        } else {
            output.line("first answer", text(restarts, Restart::answer) + " after the start");
            output.line("last record", text(restarts, Restart::last) + " after the first answer");
            output.line("1,000 at once", text(restarts, Restart::sample) + " after the first answer");
            List<Duration> cpu = cpuOf(restarts);
            if (!cpu.isEmpty()) {
                output.line("processor time", text(cpu) + " from the first answer until then");
            }
        }
        return 0;
    }

    private static ObjectNode toJson(List<Restart> restarts) {
        ObjectNode json = Json.object();
        addTo(json.putArray("first_answer_ms"), restarts, Restart::answer);
        addTo(json.putArray("last_record_ms"), restarts, Restart::last);
        addTo(json.putArray("sample_ms"), restarts, Restart::sample);
        ArrayNode cpu = json.putArray("cpu_ms");
        cpuOf(restarts).forEach(time -> cpu.add(time.toMillis()));
        return json;
    }

    private static void addTo(ArrayNode array, List<Restart> restarts, Function<Restart, Duration> time) {
        restarts.forEach(restart -> array.add(time.apply(restart).toMillis()));
    }

    private static List<Duration> cpuOf(List<Restart> restarts) {
        return restarts.stream().map(Restart::cpu).flatMap(Optional::stream).toList();
    }

    private static String text(List<Restart> restarts, Function<Restart, Duration> time) {
        return text(restarts.stream().map(time).toList());
    }

    private static String text(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%,d ms (median; %,d to %,d)",
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.getFirst().toMillis(),
                sorted.getLast().toMillis());
    }
}
