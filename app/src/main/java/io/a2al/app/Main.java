package io.a2al.app;

import io.a2al.app.agent.DiscoverCommand;
import io.a2al.app.agent.MailCommand;
import io.a2al.app.agent.PublishCommand;
import io.a2al.app.agent.ResolveCommand;
import io.a2al.app.bench.BenchCommand;
import io.a2al.app.cli.ClockCheck;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.LogProvider;
import io.a2al.app.cli.LogSetup;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.app.conformance.ConformanceCommand;
import io.a2al.app.data.DataCommand;
import io.a2al.app.id.IdCommand;
import io.a2al.app.inspect.InspectCommand;
import io.a2al.app.inspect.PingCommand;
import io.a2al.app.mcp.McpCommand;
import io.a2al.app.node.DemoCommand;
import io.a2al.app.node.NodeCommand;
import io.a2al.app.publications.PublicationsCommand;
import io.a2al.app.sim.SimCommand;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.NoSignatureLibraryException;
import io.a2al.protocol.record.InvalidRecordException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code a2al}. Exit codes: 0 done, 1 not found or failed, 2 wrongly used. */
@Command(
        name = "a2al",
        description = "A node of the A2AL network, and tools for the network.",
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

    /** What SLF4J logs through. */
    static final String LOG_PROVIDER = LogProvider.class.getName();

    static {
        // Libraries search all jars for what is not there or known anyway, which takes a good part of a start:
        // picocli for Groovy, SLF4J for Logback. Nor does any option have a type of java.sql or java.time.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*");
        System.setProperty("slf4j.provider", LOG_PROVIDER);
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** What the JVM puts in the place of bytes that are no text in the encoding of the locale. */
    private static final char UNREADABLE = '\uFFFD';

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private Main() {}

    /** Runs the program and ends the process. A node's signature library is loaded while its command line is read. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(NodeCommand.NAME)) {
            chooseSignatures();
        }
        System.exit(commandLine(System.in, args).setOut(standardOutput()).execute(args));
    }

    /** Returns standard output without {@code System.out} around it, which hides that writing failed. */
    private static PrintWriter standardOutput() {
        return new PrintWriter(new FileOutputStream(FileDescriptor.out), true, System.out.charset());
    }

    /** Chooses the signature library early. If none works, the first use of one reports it. */
    private static void chooseSignatures() {
        Thread.ofPlatform().name("a2al-signatures").daemon().start(() -> {
            try {
                Ed25519.preferred();
            } catch (NoSignatureLibraryException noneWorks) {
                // The next one to ask for it gets the same answer.
            }
        });
    }

    /**
     * The command line that understands these arguments; commands that read standard input read {@code in}. Of all
     * commands it has only the one that comes first, if one does: reading the annotations of all of them would take a
     * good part of the start.
     */
    public static CommandLine commandLine(InputStream in, String... args) {
        Map<String, Supplier<Object>> commands = commands(in);
        Supplier<Object> only = args.length > 0 ? commands.get(args[0]) : null;
        return commandLine(only == null ? commands.values() : List.of(only));
    }

    /** The program with these commands. */
    public static CommandLine commandLine(Collection<Supplier<Object>> commands) {
        CommandLine line = new CommandLine(new Main());
        commands.forEach(command -> line.addSubcommand(command.get()));
        return line.setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler(Main::onWrongUse)
                .setExecutionExceptionHandler(Main::onFailure);
    }

    /** Returns what makes each command, by name and in the order of the help: the one list of commands. */
    private static Map<String, Supplier<Object>> commands(InputStream in) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put(NodeCommand.NAME, NodeCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("publications", PublicationsCommand::commandLine);
        commands.put("resolve", ResolveCommand::new);
        commands.put("discover", DiscoverCommand::new);
        commands.put("mail", () -> MailCommand.commandLine(in));
        commands.put("mcp", () -> new McpCommand(in, new FileOutputStream(FileDescriptor.out)));
        commands.put("id", IdCommand::commandLine);
        commands.put("data", DataCommand::commandLine);
        commands.put("ping", PingCommand::new);
        commands.put("inspect", () -> new InspectCommand(in));
        commands.put("demo", DemoCommand::new);
        commands.put("conformance", ConformanceCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("sim", SimCommand::commandLine);
        return commands;
    }

    /** Prints the usage, since no command is given. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /**
     * Sets the log level, which must be known before the first logger is made, hence before any class of the node is
     * used.
     */
    private static int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        refuseUnreadable(parsed.originalArgs(), last.commandSpec().commandLine());
        if (System.getProperty(LogSetup.LEVEL_PROPERTY) == null && last.hasMatchedOption(CommonOptions.VERBOSE)) {
            System.setProperty(LogSetup.LEVEL_PROPERTY, "DEBUG");
        } else if (System.getProperty(LogSetup.LEVEL_PROPERTY) == null && NodeCommand.isLogged(last)) {
            System.setProperty(LogSetup.LEVEL_PROPERTY, "INFO");
        }
        CommandLine command = last.commandSpec().commandLine();
        ClockCheck.warning().ifPresent(command.getErr()::println);
        int exitCode = new CommandLine.RunLast().execute(parsed);
        if (command.getOut().checkError()) {
            command.getErr().println("standard output cannot be written; check the disk or the program that reads it");
            return exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
        }
        return exitCode;
    }

    /** Refuses arguments that the JVM could not read: a topic with a lost character would be another topic. */
    private static void refuseUnreadable(List<String> arguments, CommandLine command) {
        for (String argument : arguments) {
            if (argument.indexOf(UNREADABLE) >= 0) {
                throw new ParameterException(
                        command,
                        "an argument has characters that the locale cannot read: " + argument
                                + "; set LC_ALL=C.UTF-8 or another UTF-8 locale");
            }
        }
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
            case NoSignatureLibraryException none -> fail(command, none.getMessage(), ExitCode.SOFTWARE);
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

    /** A wrong passphrase was given by the user, so it is wrong use. */
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
        CommonOptions.of(command.getCommandSpec())
                .ifPresent(options -> options.output().fail(line));
        return exitCode;
    }
}
