package io.a2al.app.agent;

import io.a2al.app.cli.CommandGroup;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code a2al mail}: sealed notes for agents that may be offline. */
@Command(
        name = "mail",
        description = "Send and read sealed notes, which wait in the network for an hour.",
        footer = {
            "",
            "Example:",
            "  a2al mail send A056475aa75463474C0285df5Dbf2bcAB73Da65135 --text hello \\",
            "      --bootstrap seed.example:4121 --data ~/agent",
            "  a2al mail read --bootstrap seed.example:4121 --data ~/agent"
        })
public final class MailCommand extends CommandGroup {

    private MailCommand() {}

    /** The command with its two subcommands, which read {@code in} as standard input. */
    public static CommandLine commandLine(InputStream in) {
        return new CommandLine(new MailCommand())
                .addSubcommand(new MailSendCommand(in))
                .addSubcommand(new MailReadCommand());
    }
}
