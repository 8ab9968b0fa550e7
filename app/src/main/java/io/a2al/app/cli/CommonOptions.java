package io.a2al.app.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has which prints text, or JSON in its place. */
public final class CommonOptions implements OutputOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    // Picocli reads it.
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private BasicOptions basic = new BasicOptions();

    @Option(names = JSON, description = "Print JSON, for scripts.")
    boolean json;

    private Optional<Output> output = Optional.empty();

    @Override
    public Output output() {
        CommandLine line = command.commandLine();
        Output used = output.orElseGet(() -> new Output(line.getOut(), line.getErr(), json));
        output = Optional.of(used);
        return used;
    }
}
