package io.a2al.app.agents;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al agents}: the agents that the running node keeps. */
@Command(
        name = "agents",
        description = {
            "List, add and remove the agents that the node on this machine keeps: it publishes for them, and their"
                    + " programs show themselves to it over HTTP.",
            "A node registers an agent by its key and the proof that the key may act for it."
        },
        footer = {
            "",
            "Example:",
            "  a2al agents list",
            "  a2al agents register --identity ~/agent --service localhost:9000"
        })
public final class AgentsCommand extends CommandGroup {

    private AgentsCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new AgentsCommand())
                .addSubcommand(new AgentsListCommand())
                .addSubcommand(new AgentsShowCommand())
                .addSubcommand(new AgentsRegisterCommand())
                .addSubcommand(new AgentsRemoveCommand());
    }
}
