package io.a2al.app;

import io.a2al.dht.RefusedException;
import io.a2al.dht.keys.KeyFileException;
import io.a2al.protocol.record.InvalidRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The program {@code a2al}. Exit codes: 0 done, 1 not found or failed, 2 wrongly used.
 */
@Command(
        name = "a2al",
        description = "A node of the A2AL network, and what one can ask of it.",
        versionProvider = ProjectVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 not found or failed, 2 wrongly used.",
            "",
            "Example:",
            "  a2al demo                                  see a whole network at work",
            "  a2al node --bootstrap seed.example:4121    run a node",
            "  a2al resolve --help                        read about one command"
        })
public final class Main implements Callable<Integer> {

    /** Read by logback.xml; takes precedence over what a command chooses. */
    private static final String LOG_LEVEL = "a2al.log.level";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private Main() {}

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        System.exit(commandLine(System.in).execute(args));
    }

    /** The whole command line; commands that read standard input read {@code in}. */
    static CommandLine commandLine(InputStream in) {
        return commandLine(in, new DemoCommand());
    }

    /** The same with a demonstration of one's own. */
    static CommandLine commandLine(InputStream in, DemoCommand demo) {
        return new CommandLine(new Main())
                .addSubcommand(new NodeCommand())
                .addSubcommand(new PublishCommand())
                .addSubcommand(new ResolveCommand())
                .addSubcommand(new DiscoverCommand())
                .addSubcommand(MailCommand.commandLine(in))
                .addSubcommand(IdCommand.commandLine())
                .addSubcommand(new PingCommand())
                .addSubcommand(new InspectCommand(in))
                .addSubcommand(demo)
                .addSubcommand(new ConformanceCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(SimCommand.commandLine())
                .setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler(Main::onWrongUse)
                .setExecutionExceptionHandler(Main::onFailure);
    }

    /** Without a command there is nothing to do but to say which ones there are. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** The level has to be known before the first logger is made, hence before any class of the node is used. */
    private static int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (System.getProperty(LOG_LEVEL) == null && last.hasMatchedOption(CommonOptions.VERBOSE)) {
            System.setProperty(LOG_LEVEL, "DEBUG");
        } else if (System.getProperty(LOG_LEVEL) == null && NodeCommand.isLogged(last)) {
            System.setProperty(LOG_LEVEL, "INFO");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int onWrongUse(ParameterException mistake, String[] args) {
        return fail(mistake.getCommandLine(), String.valueOf(mistake.getMessage()), ExitCode.USAGE);
    }

    private static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        return switch (failure) {
            case CommandException expected -> fail(command, expected.getMessage(), expected.exitCode());
            case InvalidRecordException beyondLimit -> fail(command, beyondLimit.getMessage(), ExitCode.USAGE);
            case RefusedException refused -> fail(command, refused.getMessage(), ExitCode.USAGE);
            case KeyFileException keys -> fail(command, keys.getMessage(), exitCode(keys.reason()));
            case IOException io -> fail(command, io.getMessage(), ExitCode.SOFTWARE);
            case InterruptedException interrupted -> fail(command, "interrupted", ExitCode.SOFTWARE);
            default -> {
                if (parsed.hasMatchedOption(CommonOptions.VERBOSE)) {
                    failure.printStackTrace(command.getErr());
                }
                yield fail(command, "internal error: " + failure, ExitCode.SOFTWARE);
            }
        };
    }

    /** A passphrase is given by whoever uses the program, and so is wrong use if it is wrong. */
    private static int exitCode(KeyFileException.Reason reason) {
        return switch (reason) {
            case NO_PASSPHRASE, WRONG_PASSPHRASE -> ExitCode.USAGE;
            case NO_IDENTITY, IDENTITY_EXISTS, TWO_IDENTITIES, DAMAGED, UNUSABLE -> ExitCode.SOFTWARE;
        };
    }

    private static int fail(CommandLine command, @Nullable String message, int exitCode) {
        String line = String.valueOf(message).replaceFirst("^Error: ", "").replaceAll("\\s*\\R\\s*", " ");
        String hint =
                exitCode == ExitCode.USAGE ? " (see " + command.getCommandSpec().qualifiedName() + " --help)" : "";
        command.getErr().println(line + hint);
        return exitCode;
    }
}
