package io.a2al.app;

import io.a2al.sim.Knob;
import io.a2al.sim.Profiles;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        footer = {"", "Example:", "  a2al sim --profile calm --nodes 100 --duration 10m --seed 7"})
final class SimCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "calm",
            description = "What kind of network, and what happens to it. Default: ${DEFAULT-VALUE}.")
    private String profile = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private SimCommand() {}

    /** The command, with an option for everything about a run that can be changed. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SimCommand());
        CommandSpec spec = line.getCommandSpec();
        for (Knob knob : Knob.all()) {
            spec.addOption(OptionSpec.builder(knob.toString())
                    .paramLabel(knob.valueLabel())
                    .type(String.class)
                    .description(knob.description())
                    .build());
        }
        return line;
    }

    @Override
    public Integer call() throws CommandException {
        SimulationOptions options = options();
        Output output = common.output();
        SimProgress progress = new SimProgress(output);
        SimulationResult result = new Simulation(options).run(progress);
        progress.end();
        if (output.isJson()) {
            output.json(SimReport.toJson(result));
        } else {
            SimReport.print(result, output);
        }
        return result.isGood() ? 0 : 1;
    }

    private SimulationOptions options() throws CommandException {
        SimulationOptions options = Profiles.find(profile)
                .orElseThrow(() -> CommandException.wrongUse("no such profile: \"" + profile + "\"; choose one of "
                        + Profiles.all().stream().map(Profiles.Profile::name).collect(Collectors.joining(", "))));
        try {
            for (Knob knob : Knob.all()) {
                Optional<String> value =
                        Optional.ofNullable(command.findOption(knob.toString()).getValue());
                if (value.isPresent()) {
                    options = knob.set(options, value.get());
                }
            }
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
        return options;
    }
}
