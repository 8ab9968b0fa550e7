package io.a2al.app;

import io.a2al.app.agent.DiscoverCommand;
import io.a2al.app.agent.MailCommand;
import io.a2al.app.agent.PublishCommand;
import io.a2al.app.agent.ResolveCommand;
import io.a2al.app.agents.AgentsCommand;
import io.a2al.app.bench.BenchCommand;
import io.a2al.app.cli.BasicOptions;
import io.a2al.app.cli.ClockCheck;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.LogProvider;
import io.a2al.app.cli.LogSetup;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.app.cli.StandardOutput;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.config.ConfigCommand;
import io.a2al.app.config.Settings;
import io.a2al.app.conformance.ConformanceCommand;
import io.a2al.app.data.DataCommand;
import io.a2al.app.help.CompletionCommand;
import io.a2al.app.help.HelpCommand;
import io.a2al.app.help.VersionCommand;
import io.a2al.app.id.IdCommand;
import io.a2al.app.inspect.InspectCommand;
import io.a2al.app.inspect.PingCommand;
import io.a2al.app.mcp.McpCommand;
import io.a2al.app.node.DemoCommand;
import io.a2al.app.node.NodeCommand;
import io.a2al.app.publications.PublicationsCommand;
import io.a2al.app.running.EventsCommand;
import io.a2al.app.running.PeersCommand;
import io.a2al.app.running.StatusCommand;
import io.a2al.app.sim.SimCommand;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.NoSignatureLibraryException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code a2al}; it ends with one of the {@link ExitCodes}. */
@Command(
        name = "a2al",
        description = "A node of the A2AL network, and tools for the network.",
        versionProvider = ProjectVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 not found, 2 wrong use, 3 no network, 4 failed here.",
            "",
            "Example:",
            "  a2al demo            see a whole network at work",
            "  a2al node            run a node, which the other commands then use",
            "  a2al help resolve    read about one command"
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

    /** The options of the program that ask for its version alone, as {@code mixinStandardHelpOptions} names them. */
    private static final Set<String> VERSION = Set.of("-V", "--version");

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
        System.exit(
                commandLine(System.in, args).setOut(StandardOutput.ofProcess()).execute(args));
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
     * commands it has only the one that comes first, if one does, and none for the version alone: reading the
     * annotations of all of them would take a good part of the start.
     */
    public static CommandLine commandLine(InputStream in, String... args) {
        Map<String, Supplier<Object>> commands = commands(in, args);
        return configured(commandLine(needed(commands, args)), commands.keySet(), args);
    }

    private static Collection<Supplier<Object>> needed(Map<String, Supplier<Object>> commands, String... args) {
        Supplier<Object> first = args.length > 0 ? commands.get(args[0]) : null;
        if (first != null) {
            return List.of(first);
        }
        return args.length == 1 && VERSION.contains(args[0]) ? List.of() : commands.values();
    }

    /** The program with these commands. */
    public static CommandLine commandLine(Collection<Supplier<Object>> commands) {
        CommandLine line = new CommandLine(new Main());
        commands.forEach(command -> line.addSubcommand(command.get()));
        return line.setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler(Failures::onWrongUse)
                .setExecutionExceptionHandler(Failures::onFailure);
    }

    /**
     * Has options take their values from the configuration. One that cannot be used ends every command but the help.
     */
    private static CommandLine configured(CommandLine line, Set<String> commands, String... args) {
        try {
            Settings settings = Settings.of(args);
            settings.check(line, commands);
            return line.setDefaultValueProvider(settings);
        } catch (CommandException unusable) {
            return line.setExecutionStrategy(parsed -> {
                Integer helped = CommandLine.executeHelpRequest(parsed);
                if (helped != null) {
                    return helped;
                }
                CommandLine command = last(parsed).commandSpec().commandLine();
                throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
            });
        }
    }

    private static ParseResult last(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    /** Returns what makes each command, by name and in the order of the help: the one list of commands. */
    private static Map<String, Supplier<Object>> commands(InputStream in, String... args) {
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
        commands.put("config", () -> ConfigCommand.commandLine(() -> all(in, args)));
        commands.put("status", StatusCommand::new);
        commands.put("peers", PeersCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("agents", AgentsCommand::commandLine);
        commands.put("ping", PingCommand::new);
        commands.put("inspect", () -> new InspectCommand(in));
        commands.put("demo", DemoCommand::new);
        commands.put("conformance", ConformanceCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("sim", SimCommand::commandLine);
        commands.put(
                "help",
                () -> new HelpCommand(() -> commandLine(commands(in, args).values())));
        commands.put("version", VersionCommand::new);
        commands.put(
                "completion",
                () -> new CompletionCommand(() -> commandLine(commands(in, args).values())));
        return commands;
    }

    /** The program with all of its commands, and its configuration. */
    private static CommandLine all(InputStream in, String... args) throws CommandException {
        Map<String, Supplier<Object>> commands = commands(in, args);
        CommandLine line = commandLine(commands.values());
        Settings settings = Settings.of(args);
        settings.check(line, commands.keySet());
        return line.setDefaultValueProvider(settings);
    }

    /** Prints the usage, since no command is given. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCodes.WRONG_USE;
    }

    /**
     * Sets the log level, which must be known before the first logger is made, hence before any class of the node is
     * used.
     */
    private static int execute(ParseResult parsed) {
        ParseResult last = last(parsed);
        refuseUnreadable(parsed.originalArgs(), last.commandSpec().commandLine());
        if (System.getProperty(LogSetup.LEVEL_PROPERTY) == null && BasicOptions.isVerbose(last.commandSpec())) {
            System.setProperty(LogSetup.LEVEL_PROPERTY, "DEBUG");
        } else if (System.getProperty(LogSetup.LEVEL_PROPERTY) == null && NodeCommand.isLogged(last)) {
            System.setProperty(LogSetup.LEVEL_PROPERTY, "INFO");
        }
        CommandLine command = last.commandSpec().commandLine();
        ClockCheck.warning().ifPresent(command.getErr()::println);
        int exitCode = run(parsed, TimeoutOption.of(last.commandSpec()));
        if (StandardOutput.isLost(command.getOut())) {
            command.getErr().println("standard output cannot be written; check the disk or the program that reads it");
            return exitCode == ExitCodes.DONE ? ExitCodes.FAILED : exitCode;
        }
        return exitCode;
    }

    /** Runs the command for no longer than it may take. */
    private static int run(ParseResult parsed, Optional<TimeoutOption> timeout) {
        timeout.ifPresent(TimeoutOption::begin);
        try {
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            timeout.ifPresent(TimeoutOption::end);
        }
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
}
