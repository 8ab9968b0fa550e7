package io.a2al.app.publications;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al publications}: the publications that a node resumes. */
@Command(
        name = "publications",
        description = {
            "List and end what the running node publishes, or what the node of a data directory resumes when it is"
                    + " started again.",
            "'a2al publish --keep --data DIR' begins them."
        },
        footer = {
            "",
            "Example:",
            "  a2al publications list --data ~/agent",
            "  a2al publications end --data ~/agent --topic ai/translation"
        })
public final class PublicationsCommand extends CommandGroup {

    private PublicationsCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new PublicationsCommand())
                .addSubcommand(new PublicationsListCommand())
                .addSubcommand(new PublicationsEndCommand());
    }
}
