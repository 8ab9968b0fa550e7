package io.a2al.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al bench}: measures how fast a node is and what it costs. */
@Command(
        name = "bench",
        description = "Measure how fast a node is and what it costs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  a2al bench local                               measure this program",
            "  a2al bench load 127.0.0.1:4121 --mode ping     put load on a running node"
        },
        subcommands = {
            BenchLocalCommand.class,
            BenchLoadCommand.class,
            BenchJmhCommand.class,
            BenchMemoryCommand.class,
            BenchStartCommand.class
        })
final class BenchCommand implements Callable<Integer> {

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
