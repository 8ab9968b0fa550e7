package io.a2al.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that every command has, whatever it prints. */
public final class BasicOptions {

    public static final String VERBOSE = "--verbose";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-v", VERBOSE},
            description = "Log what happens to standard error.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration. Default: $A2AL_CONFIG, or else a2al.toml in the data directory.")
    Optional<Path> config = Optional.empty();

    /** Returns whether what happens in a command is to be logged. */
    public static boolean isVerbose(CommandSpec command) {
        return Mixins.find(command, BasicOptions.class)
                .filter(options -> options.verbose)
                .isPresent();
    }
}
