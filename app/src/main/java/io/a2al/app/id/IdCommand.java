package io.a2al.app.id;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al id}: identities, and delegations from one to another. */
@Command(
        name = "id",
        description = {
            "Make, keep and move identities, and let one act for another.",
            "A node's identity is an Ed25519 key. An agent with an Ethereum or Paralism address, or with a key that is"
                    + " kept elsewhere, delegates such a key."
        },
        footer = {
            "",
            "Example:",
            "  a2al id new --data ~/agent --encrypt",
            "  a2al id delegate --for ~/agent --expires 90d \\",
            "      --ethereum 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "  a2al id delegate --for ~/agent --signature 0x3f…"
        })
public final class IdCommand extends CommandGroup {

    private IdCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new IdCommand())
                .addSubcommand(new IdNewCommand())
                .addSubcommand(new IdShowCommand())
                .addSubcommand(new IdImportCommand())
                .addSubcommand(new IdExportCommand())
                .addSubcommand(new IdPassphraseCommand())
                .addSubcommand(new IdDelegateCommand())
                .addSubcommand(new IdVerifyCommand());
    }
}
