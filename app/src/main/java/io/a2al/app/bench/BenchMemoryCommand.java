package io.a2al.app.bench;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.memory.MemoryReport;
import io.a2al.bench.memory.MemoryRun;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench memory}: measures what a node keeps. */
@Command(
        name = "memory",
        description = "Measure what a node keeps: the heap that is in use before and after.",
        footer = {"", "Example:", "  a2al bench memory"})
final class BenchMemoryCommand implements Callable<Integer> {

    private static final int MAX_RECORDS = 100_000;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many records to store. Default: ${DEFAULT-VALUE}, what a node keeps.")
    private int records;

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        if (records < 1 || records > MAX_RECORDS) {
            throw CommandException.wrongUse(records + " records; give 1 to " + MAX_RECORDS);
        }
        MemoryReport report;
        try (Waiting _ = options.waiting("storing " + records + " records")) {
            report = MemoryRun.run(records);
        }
        Output output = options.output();
        if (output.isJson()) {
            output.json(Json.object()
                    .put("records", report.records())
                    .put("records_mebibytes", report.recordsMebibytes())
                    .put("bytes_per_record", report.perRecord())
                    .put("record_encoding_bytes", report.recordBytes())
                    .put("bytes_per_contact", report.perContact())
                    .put("bytes_per_pending_request", report.perRequest())
                    .put("bytes_per_idle_node", report.perNode()));
        } else {
            output.line(
                    "stored record",
                    String.format(
                            Locale.ROOT,
                            "%,.0f bytes, %d of them its encoding",
                            report.perRecord(),
                            report.recordBytes()));
            output.line(
                    "records",
                    String.format(Locale.ROOT, "%,d take %.1f MiB", report.records(), report.recordsMebibytes()));
            output.line("contact", String.format(Locale.ROOT, "%,.0f bytes", report.perContact()));
            output.line("pending request", String.format(Locale.ROOT, "%,.0f bytes", report.perRequest()));
            output.line("idle node", String.format(Locale.ROOT, "%,.0f bytes", report.perNode()));
        }
        return 0;
    }
}
