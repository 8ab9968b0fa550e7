package io.a2al.app;

import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al mail}: sealed notes for agents who may be away. */
@Command(
        name = "mail",
        description = "Send and read sealed notes, which wait in the network for an hour.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  a2al mail send A056475aa75463474C0285df5Dbf2bcAB73Da65135 --text hello \\",
            "      --bootstrap seed.example:4121 --data ~/agent",
            "  a2al mail read --bootstrap seed.example:4121 --data ~/agent"
        })
final class MailCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private MailCommand() {}

    /** The command with its two subcommands, which read {@code in} as standard input. */
    static CommandLine commandLine(InputStream in) {
        return new CommandLine(new MailCommand())
                .addSubcommand(new MailSendCommand(in))
                .addSubcommand(new MailReadCommand());
    }

    /** Without a command there is nothing to do but to say which ones there are. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
