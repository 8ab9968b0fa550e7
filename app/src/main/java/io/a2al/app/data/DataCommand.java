package io.a2al.app.data;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al data}: the records in a node's data directory. */
@Command(
        name = "data",
        description = {
            "Check, compact and move the records that a node keeps on disk. The node must not be running.",
            "Identities are moved with 'a2al id export' and 'a2al id import'."
        },
        footer = {"", "Example:", "  a2al data check /var/lib/a2al", "  a2al data export /var/lib/a2al records.a2al"})
public final class DataCommand extends CommandGroup {

    private DataCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new DataCommand())
                .addSubcommand(new DataCheckCommand())
                .addSubcommand(new DataCompactCommand())
                .addSubcommand(new DataExportCommand())
                .addSubcommand(new DataImportCommand());
    }
}
