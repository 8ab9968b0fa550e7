package io.a2al.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration. Default: $A2AL_CONFIG, or else a2al.toml in the data directory.")
    Optional<Path> config = Optional.empty();

    private Optional<Output> output = Optional.empty();

    /** Returns the output of the command, the same at each call. */
    public Output output() {
        CommandLine line = command.commandLine();
        Output used = output.orElseGet(() -> new Output(line.getOut(), line.getErr(), json));
        output = Optional.of(used);
        return used;
    }

    /** Returns whether what happens is to be logged. */
    public boolean isVerbose() {
        return verbose;
    }

    /** Returns the common options of a command; empty for one that has none. */
    public static Optional<CommonOptions> of(CommandSpec command) {
        return command.mixins().values().stream()
                .map(CommandSpec::userObject)
                .flatMap(options -> options instanceof CommonOptions common ? Stream.of(common) : Stream.empty())
                .findFirst();
    }
}
