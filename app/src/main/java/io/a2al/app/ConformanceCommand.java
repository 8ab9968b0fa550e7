package io.a2al.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al conformance}: checks of whether an implementation is a good member of the network. */
@Command(
        name = "conformance",
        description = "Check an implementation against what the network agreed on.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  a2al conformance vectors                run the golden vectors that come along",
            "  a2al conformance node 127.0.0.1:4121    check a running node"
        },
        subcommands = {ConformanceVectorsCommand.class, ConformanceNodeCommand.class})
final class ConformanceCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    /** Without a command there is nothing to do but to say which ones there are. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
