package io.a2al.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code a2al id}: identities, and delegations from one to another. */
@Command(
        name = "id",
        description = {
            "Make, keep and move identities, and let one act for another.",
            "A node's identity is an Ed25519 key. An agent with an Ethereum or Paralism address, or with a key that is"
                    + " kept elsewhere, delegates such a key."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  a2al id new --data ~/agent --encrypt",
            "  a2al id delegate --for ~/agent --expires 90d \\",
            "      --ethereum 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "  a2al id delegate --for ~/agent --signature 0x3f…"
        })
final class IdCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private IdCommand() {}

    /** The command with its subcommands. */
    static CommandLine commandLine() {
        return new CommandLine(new IdCommand())
                .addSubcommand(new IdNewCommand())
                .addSubcommand(new IdShowCommand())
                .addSubcommand(new IdImportCommand())
                .addSubcommand(new IdExportCommand())
                .addSubcommand(new IdPassphraseCommand())
                .addSubcommand(new IdDelegateCommand())
                .addSubcommand(new IdVerifyCommand());
    }

    /** Without a command there is nothing to do but to say which ones there are. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
