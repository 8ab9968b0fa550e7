package io.a2al.app.sim;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.WatchedLine;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.report.HtmlReport;
import io.a2al.sim.report.ResultJson;
import io.a2al.sim.report.TraceFile;
import io.a2al.sim.result.SimulationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al sim}: runs a network of the production nodes in this process under virtual time. */
@Command(
        name = "sim",
        description = {
            "Run a network of thousands of these nodes in this process, under virtual time, faults and attack, and"
                    + " report the results. Nothing is sent to any real network.",
            "The same options give the same run, on any machine; the hash over all events shows it.",
            "Exit code 0 if every check held, 1 if one did not, 130 if the run was stopped (Ctrl-C), with the figures"
                    + " so far."
        },
        footer = {"", "Example:", "  a2al sim --profile calm --nodes 100 --duration 10m --seed 7 --report out.html"})
public final class SimCommand implements Callable<Integer> {

    private static final long GIBI = 1L << 30;

    private static final String REPORT = "--report";
    private static final String TRACE = "--trace";
    private static final String FILM = "--film";
    private static final String SERVE = "--serve";

    /** Where a simulation is served unless another address is given. */
    private static final String USUAL_ADDRESS = "127.0.0.1:2180";

    /** The exit code that shells use for a command ended by Ctrl-C. */
    private static final int STOPPED = 130;

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
            description = "Write everything that happens to this file, one line each: some 100 bytes for each event.")
    private @Nullable Path trace;

    @Option(
            names = FILM,
            paramLabel = "FILE",
            description =
                    "Write who was up, asleep or hostile over time to this file, for the view \"Simulation\" of the"
                            + " explorer.")
    private @Nullable Path film;

    @Option(
            names = SERVE,
            paramLabel = "HOST:PORT",
            arity = "0..1",
            fallbackValue = USUAL_ADDRESS,
            description =
                    "Show the run in a browser on this machine, while it goes on and until Ctrl-C. Default address: "
                            + USUAL_ADDRESS + ".")
    private @Nullable String serve;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** How often a run that is over looks for a wish to stop. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final BooleanSupplier isToStop;

    private SimCommand(BooleanSupplier isToStop) {
        this.isToStop = isToStop;
    }

    /** Creates the command, with an option for each knob of a run. */
    public static CommandLine commandLine() {
        return commandLine(() -> false);
    }

    /**
     * Returns the command with another reason to stop than a signal.
     *
     * @param isToStop asked after every event
     */
    public static CommandLine commandLine(BooleanSupplier isToStop) {
        CommandLine line = new CommandLine(new SimCommand(isToStop));
        KnobOptions.addTo(line.getCommandSpec(), knob -> true);
        return line.addSubcommand(SimSearchCommand.commandLine()).addSubcommand(SimMergeCommand.commandLine());
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
        if (film != null) {
            SimOutputs.checkFile(FILM, film);
        }
        Output output = outputs.output();
        memoryWarning(options, Runtime.getRuntime().maxMemory()).ifPresent(output::warn);
        try (StopSignal signal = StopSignal.install()) {
            signal.exitWith(STOPPED);
            BooleanSupplier isStopped = () -> signal.isRequested() || isToStop.getAsBoolean();
            Simulation simulation = new Simulation(options);
            try (Filming filming = Filming.of(simulation, Optional.ofNullable(film), Optional.ofNullable(serve))) {
                filming.url().ifPresent(url -> output.warn("the run is shown at " + url));
                int exitCode = run(simulation, filming, output, isStopped);
                if (filming.url().isPresent() && !isStopped.getAsBoolean()) {
                    output.warn("the run is over, and shown until Ctrl-C");
                    signal.exitWith(exitCode);
                    while (!isStopped.getAsBoolean()) {
                        signal.await(TICK);
                    }
                }
                return exitCode;
            }
        }
    }

    /** Returns the warning if this much heap, in bytes, is too little. */
    static Optional<String> memoryWarning(SimulationOptions options, long heap) {
        if (options.leastHeap() <= heap) {
            return Optional.empty();
        }
        long needed = Math.ceilDiv(options.leastHeap(), GIBI) + 1;
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d nodes do not fit into %.1f GiB of heap; give them more, as with A2AL_JAVA_OPTS=-Xmx%dg",
                options.nodes(),
                (double) heap / GIBI,
                needed));
    }

    /**
     * Runs the simulation until it ends or is to be stopped; returns the exit code.
     *
     * @param isStopped asked after every event
     */
    private int run(Simulation simulation, Filming filming, Output output, BooleanSupplier isStopped)
            throws IOException {
        SimProgress progress = new SimProgress(new WatchedLine(output));
        SimulationResult result =
                trace == null ? simulation.run(progress, isStopped) : traced(simulation, progress, isStopped);
        progress.end();
        if (result.isStopped()) {
            output.warn("stopped after " + Texts.seconds(result.virtualTime().toSeconds())
                    + " of virtual time; the figures are of this part");
        }
        filming.end(result);
        if (!output.isJson()) {
            SimReport.print(result, output);
        }
        outputs.writeJson(ResultJson.of(result));
        if (report != null) {
            HtmlReport.write(
                    result, new HtmlReport.Origin(ProjectVersion.number(), LocalDate.now(ZoneOffset.UTC)), report);
        }
        if (result.isStopped()) {
            return STOPPED;
        }
        return result.isGood() ? ExitCodes.DONE : ExitCodes.NOT_FOUND;
    }

    /** Closes the trace file, which is complete up to the last event however the run ends. */
    private SimulationResult traced(Simulation simulation, Progress progress, BooleanSupplier isStopped)
            throws IOException {
        Path file = Objects.requireNonNull(trace);
        try (TraceFile open = TraceFile.create(
                file, simulation.world(), simulation.options().describe().command())) {
            simulation.listen(open);
            SimulationResult result = simulation.run(progress, isStopped);
            open.end(result);
            return result;
        }
    }
}
