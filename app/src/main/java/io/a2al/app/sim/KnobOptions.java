package io.a2al.app.sim;

import io.a2al.app.cli.CommandException;
import io.a2al.sim.Knob;
import io.a2al.sim.Profiles;
import io.a2al.sim.SimulationOptions;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of commands that simulate: {@code --profile}, and one for each knob of a run. */
final class KnobOptions {

    static final String SEED = "seed";

    private static final String PROFILE = "--profile";

    private KnobOptions() {}

    /** Adds the profile and these options to a command. */
    static void addTo(CommandSpec command, Predicate<Knob> wanted) {
        command.addOption(OptionSpec.builder(PROFILE)
                .paramLabel("NAME")
                .type(String.class)
                .defaultValue("calm")
                .description(
                        "What kind of network, and what happens to it: " + profiles() + ". Default: ${DEFAULT-VALUE}.")
                .build());
        Knob.all().stream()
                .filter(wanted)
                .forEach(knob -> command.addOption(OptionSpec.builder(knob.toString())
                        .paramLabel(knob.valueLabel())
                        .type(String.class)
                        .description(asIs(knob.description()))
                        .build()));
    }

    /**
     * Returns the options of a run.
     *
     * @throws CommandException naming what cannot be done
     */
    static SimulationOptions of(CommandSpec command) throws CommandException {
        SimulationOptions profile = profileOf(command);
        try {
            return changed(profile, command);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    /**
     * Returns the options of a run by seed; a profile may draw from the seed what the command line does not set.
     *
     * @throws CommandException naming what cannot be done
     */
    static LongFunction<SimulationOptions> bySeed(CommandSpec command) throws CommandException {
        SimulationOptions any = of(command);
        SimulationOptions profile = profileOf(command);
        Knob seedKnob = Knob.find(SEED).orElseThrow();
        return seed -> seed == any.seed() ? any : changed(seedKnob.set(profile, "" + seed), command);
    }

    private static SimulationOptions profileOf(CommandSpec command) throws CommandException {
        String profile = command.findOption(PROFILE).getValue();
        return Profiles.find(profile)
                .orElseThrow(() ->
                        CommandException.wrongUse("no such profile: \"" + profile + "\"; choose one of " + profiles()));
    }

    /** Puts the seed first among the options. */
    private static SimulationOptions changed(SimulationOptions profile, CommandSpec command) {
        SimulationOptions options = profile;
        for (Knob knob : Knob.all()) {
            Optional<String> value =
                    Optional.ofNullable(command.findOption(knob.toString())).map(OptionSpec::getValue);
            if (value.isPresent()) {
                options = knob.set(options, value.get());
            }
        }
        return options;
    }

    /** Escapes percent signs, since help texts are format strings. */
    private static String asIs(String text) {
        return text.replace("%", "%%");
    }

    private static String profiles() {
        return Profiles.all().stream().map(Profiles.Profile::name).collect(Collectors.joining(", "));
    }
}
