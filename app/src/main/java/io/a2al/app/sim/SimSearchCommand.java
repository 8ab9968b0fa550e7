package io.a2al.app.sim;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.cli.WatchedLine;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.search.SearchResult;
import io.a2al.sim.search.SeedRange;
import io.a2al.sim.search.SeedSearch;
import io.a2al.sim.search.SimulationTrial;
import io.a2al.sim.search.Trial;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al sim search}: looks for seeds whose runs fail. */
@Command(
        name = "search",
        description = {
            "Run a simulation with many seeds, on all cores, and say which of them fail a check. For the lowest seed"
                + " of each check that fails, nodes, duration, faults and work are reduced as long as it still fails,"
                + " and the command that repeats the smallest run is printed.",
            "Exit code 0 if every check held in every run, 1 if one did not, 130 if the search was stopped (Ctrl-C)"
                    + " before any failed."
        },
        footer = {"", "Example:", "  a2al sim search --seeds 1..1000 --profile calm --nodes 50 --duration 5m"})
final class SimSearchCommand implements Callable<Integer> {

    private static final int FAILED = ExitCodes.NOT_FOUND;
    private static final int STOPPED = 130;
    private static final Pattern SHARD = Pattern.compile("(\\d{1,8})/(\\d{1,8})");

    private final Trial trial;

    @Mixin
    private SimOutputs outputs = new SimOutputs();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            required = true,
            description = "The seeds to run, the first and the last.")
    private String seeds = "";

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "1/1",
            description =
                    "Run the I-th of N parts of the seeds, as one of N machines; 'a2al sim merge' joins the results"
                            + " that they write with --json FILE. Default: ${DEFAULT-VALUE}.")
    private String shard = "";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at a time; each has one thread and memory of its own. Default: one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            defaultValue = "20",
            description = "Stop after so many failing seeds. Default: ${DEFAULT-VALUE}.")
    private int maxFailures;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "100",
            description = "Runs that may be spent on making one failure smaller. Default: ${DEFAULT-VALUE}.")
    private int tries;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private SimSearchCommand(Trial trial) {
        this.trial = trial;
    }

    /** The command. */
    static CommandLine commandLine() {
        return commandLine(new SimulationTrial());
    }

    /** Creates the command with other trials than simulations, for tests. */
    static CommandLine commandLine(Trial trial) {
        CommandLine line = new CommandLine(new SimSearchCommand(trial));
        KnobOptions.addTo(line.getCommandSpec(), knob -> !KnobOptions.SEED.equals(knob.key()));
        return line;
    }

    private SeedRange part(SeedRange all) {
        Matcher parts = SHARD.matcher(shard);
        if (!parts.matches()) {
            throw new IllegalArgumentException("shard: \"" + shard + "\"; write I/N, such as 2/8");
        }
        return all.part(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        LongFunction<SimulationOptions> options = KnobOptions.bySeed(command);
        SeedRange range;
        SeedSearch.Limits limits;
        try {
            range = part(SeedRange.parse(seeds));
            limits = new SeedSearch.Limits(jobs, maxFailures, tries);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
        outputs.check();
        Output output = outputs.output();
        try (StopSignal signal = StopSignal.install()) {
            SimSearchProgress progress = new SimSearchProgress(new WatchedLine(output));
            SearchResult result = new SeedSearch(limits, trial, progress, signal::isRequested).run(options, range);
            progress.end();
            if (!output.isJson()) {
                SimSearchReport.print(result, output);
            }
            outputs.writeJson(SimSearchReport.toJson(result));
            int exitCode = !result.isGood() ? FAILED : result.isStopped() ? STOPPED : 0;
            signal.exitWith(exitCode);
            return exitCode;
        }
    }
}
