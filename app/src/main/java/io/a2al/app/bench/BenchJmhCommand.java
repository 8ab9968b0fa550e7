package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.micro.MicroRun;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al bench jmh}: measures single steps of a node. */
@Command(
        name = "jmh",
        description = {
            "Measure single steps of a node, each in a JVM of its own: time and what is allocated.",
            "Shows everything at the end; all of it takes about ten minutes."
        },
        footer = {"", "Examples:", "  a2al bench jmh", "  a2al bench jmh CoreBenchmark --seconds 3"})
final class BenchJmhCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 60;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Parameters(
            paramLabel = "REGEX",
            arity = "0..1",
            defaultValue = ".",
            description = "Which ones, by a part of class and method. Default: all.")
    private String regex = "";

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long each is measured, after as long a warm-up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Override
    public Integer call() throws CommandException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw CommandException.wrongUse(seconds + " seconds; give 1 to " + MAX_SECONDS);
        }
        try {
            var _ = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw CommandException.wrongUse("not a regular expression: \"" + regex + "\": " + e.getDescription());
        }
        Output output = options.output();
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        Consumer<MicroRun.Result> listener =
                output.isJson() ? result -> add(rows, result) : result -> row(output, result);
        try (Waiting _ = options.waiting("measuring")) {
            MicroRun.run(regex, seconds, listener);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        } catch (IllegalStateException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
        if (output.isJson()) {
            output.json(Json.object().set("rows", rows));
        }
        return 0;
    }

    private static void row(Output output, MicroRun.Result result) {
        output.line(String.format(
                Locale.ROOT,
                "%-45s %,12.0f ns ± %,8.0f %,10.0f B",
                result.name(),
                result.nanos(),
                result.error(),
                result.allocatedBytes().orElse(Double.NaN)));
    }

    private static void add(ArrayNode rows, MicroRun.Result result) {
        rows.addObject()
                .put("row", result.name())
                .put("nanos", result.nanos())
                .put("error_nanos", result.error())
                .put("allocated_bytes", result.allocatedBytes().orElse(Double.NaN));
    }
}
