package io.a2al.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has. */
public final class CommonOptions {

    public static final String VERBOSE = "--verbose";
    public static final String JSON = "--json";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(names = JSON, description = "Print JSON, for scripts.")
    boolean json;

    @Option(
            names = {"-v", VERBOSE},
            description = "Log what happens to standard error.")
    boolean verbose;

    /** Returns the output of the command. */
    public Output output() {
        CommandLine line = command.commandLine();
        return new Output(line.getOut(), line.getErr(), json);
    }
}
