package io.a2al.app.config;

import io.a2al.app.cli.CommandGroup;
import io.a2al.app.cli.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al config}: what options are set to without being given. */
@Command(
        name = "config",
        description = {
            "Show the configuration: the file a2al.toml of the data directory, or the one that --config or $A2AL_CONFIG"
                    + " names, and the variables A2AL_…",
            "The command line goes before the environment, and that before the file."
        },
        footer = {"", "Example:", "  a2al config show", "  a2al config show node --json"})
public final class ConfigCommand extends CommandGroup {

    private ConfigCommand() {}

    /**
     * The command with its subcommand.
     *
     * @param all makes the program with all of its commands
     */
    public static CommandLine commandLine(Program all) {
        return new CommandLine(new ConfigCommand()).addSubcommand(new ConfigShowCommand(all));
    }
}
