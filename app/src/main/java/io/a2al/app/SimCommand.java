package io.a2al.app;

import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.report.HtmlReport;
import io.a2al.sim.report.ResultJson;
import io.a2al.sim.report.TraceFile;
import io.a2al.sim.result.SimulationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al sim}: runs a whole network of the very same nodes in this process, under virtual time. */
@Command(
        name = "sim",
        description = {
            "Run a network of thousands of these nodes in this process, under virtual time, faults and attack, and say"
                    + " how it did. Nothing is sent to any real network.",
            "The same options give the same run, on any machine; the hash over everything that happened tells.",
            "Exit code 0 if every check held, 1 if one did not."
        },
        footer = {"", "Example:", "  a2al sim --profile calm --nodes 100 --duration 10m --seed 7 --report out.html"})
final class SimCommand implements Callable<Integer> {

    private static final String REPORT = "--report";
    private static final String TRACE = "--trace";

    @Mixin
    private SimOutputs outputs = new SimOutputs();

    @Option(
            names = REPORT,
            paramLabel = "FILE",
            description = "Write a page with charts to this file, for any browser; it needs no network.")
    private @Nullable Path report;

    @Option(
            names = TRACE,
            paramLabel = "FILE",
            description = "Write everything that happens to this file, one line each: some 100 octets for each event.")
    private @Nullable Path trace;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private SimCommand() {}

    /** The command, with an option for everything about a run that can be changed. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SimCommand());
        KnobOptions.addTo(line.getCommandSpec(), knob -> true);
        return line.addSubcommand(SimSearchCommand.commandLine());
    }

    @Override
    public Integer call() throws CommandException, IOException {
        SimulationOptions options = KnobOptions.of(command);
        outputs.check();
        if (report != null) {
            SimOutputs.checkFile(REPORT, report);
        }
        if (trace != null) {
            SimOutputs.checkFile(TRACE, trace);
        }
        Output output = outputs.output();
        SimProgress progress = new SimProgress(new WatchedLine(output));
        SimulationResult result =
                trace == null ? new Simulation(options).run(progress) : traced(options, progress, trace);
        progress.end();
        if (!output.isJson()) {
            SimReport.print(result, output);
        }
        outputs.writeJson(ResultJson.of(result));
        if (report != null) {
            HtmlReport.write(result, report);
        }
        return result.isGood() ? 0 : 1;
    }

    private static SimulationResult traced(SimulationOptions options, Progress progress, Path file) throws IOException {
        Simulation simulation = new Simulation(options);
        try (TraceFile trace =
                TraceFile.create(file, simulation.world(), options.describe().command())) {
            simulation.listen(trace);
            SimulationResult result = simulation.run(progress);
            trace.end(result);
            return result;
        }
    }
}
